package org.qalam.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qalam.convert.PickleValue.Constant;
import org.qalam.convert.PickleValue.Dictionary;
import org.qalam.convert.PickleValue.Fraction;
import org.qalam.convert.PickleValue.Sequence;
import org.qalam.convert.PickleValue.Storage;
import org.qalam.convert.PickleValue.TensorView;
import org.qalam.convert.PickleValue.Text;
import org.qalam.convert.PickleValue.Tuple;
import org.qalam.convert.PickleValue.Whole;

class RestrictedPickleTest {
  @Test
  void readsWhatPythonWrites() throws Exception {
    // pickle.dumps(VALUE, 2), the value being
    // {'a': [1, -2, 300, 70000, 2**40, -2**40], 'ä': (None, True, False, 1.5), 3: ()}
    PickleValue value =
        read(
            "80027d71002858010000006171015d7102284b014afeffffff4d2c014a701101008a06000000000001"
                + "8a060000000000ff655802000000c3a47103284e8889473ff80000000000007471044b0329752e");
    Dictionary dictionary = assertInstanceOf(Dictionary.class, value);
    Sequence numbers = assertInstanceOf(Sequence.class, dictionary.entries.get(new Text("a")));
    assertEquals(
        List.of(
            new Whole(1),
            new Whole(-2),
            new Whole(300),
            new Whole(70000),
            new Whole(1L << 40),
            new Whole(-(1L << 40))),
        numbers.items);
    assertEquals(
        new Tuple(List.of(Constant.NONE, Constant.TRUE, Constant.FALSE, new Fraction(1.5))),
        dictionary.entries.get(new Text("ä")));
    assertEquals(new Tuple(List.of()), dictionary.entries.get(new Whole(3)));
  }

  @Test
  void describesATensorAsTorchDoes() throws Exception {
    byte[] pickle = TestPickle.oneTensor("w", 12);
    Dictionary dictionary = (Dictionary) read(pickle);
    assertEquals(
        new TensorView(new Storage("FloatStorage", "0", 12), 0, List.of(12L), List.of(1L)),
        dictionary.entries.get(new Text("w")));
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "nt, system",
    "builtins, eval",
    "builtins, exec",
    "__builtin__, eval",
    "subprocess, Popen",
    "torch, load",
    "torch, _utils._rebuild_tensor_v2.__globals__",
    "torch._utils, _rebuild_tensor",
    "torch.serialization, load",
    "collections, OrderedDict.fromkeys",
    "collections, defaultdict"
  })
  void everyWayToCallAFunctionNamesTheFunctionAndEnds(String module, String name) {
    String sentence = "x.pth: it wants to call '" + module + "." + name + "', which tensors";
    List<TestPickle> ways =
        List.of(
            new TestPickle().global(module, name).text("id").op(0x85).op('R'),
            new TestPickle(4).text(module).text(name).op(0x93).text("id").op(0x85).op('R'),
            new TestPickle().op('(').text("id").op('i').ascii(module + "\n" + name + "\n"),
            new TestPickle().op('(').global(module, name).text("id").op('o'),
            new TestPickle().global(module, name).text("id").op(0x85).op(0x81),
            new TestPickle(4).global(module, name).text("id").op(0x85).op('}').op(0x92),
            new TestPickle().global(module, name).op('}').op('b'));
    for (TestPickle way : ways) {
      String refusal = refusal(way.end());
      assertTrue(refusal.startsWith(sentence), refusal);
    }
  }

  @Test
  void whatMayBeNamedMayNotBeCalledInAnotherWay() {
    refused("torch.FloatStorage", new TestPickle().global("torch", "FloatStorage").op(')').op('R'));
    refused(
        "__new__ of 'collections.OrderedDict'",
        new TestPickle().global("collections", "OrderedDict").op(')').op(0x81));
    refused(
        "__setstate__ of collections.OrderedDict",
        new TestPickle().global("collections", "OrderedDict").op('}').op('b'));
    refused("__setstate__ of a dictionary", new TestPickle().op('}').op('}').op('b'));
    refused("extension 7", new TestPickle().op(0x82).op(7));
    refused("extension 263", new TestPickle().op(0x83).op(7).op(1));
    refused("extension 7", new TestPickle().op(0x84).int32(7));
    refused("it calls a text", new TestPickle().text("eval").op(')').op('R'));
    refused(
        "OrderedDict from 1 arguments",
        new TestPickle().global("collections", "OrderedDict").op(']').op(0x85).op('R'));
    // a name made of a value that is no text
    refused("by what is no text", new TestPickle(4).op(']').text("system").op(0x93));
  }

  @Test
  void opcodesThatTensorsDoNotNeedAreRefused() {
    String used = "NK MJGX)t]}(aesuqrhjcQRb.io";
    for (int opcode = 0; opcode < 0x100; opcode++) {
      boolean known = used.indexOf(opcode) >= 0 && opcode != ' ';
      if (known
          || (opcode >= 0x81 && opcode <= 0x8a)
          || opcode == 0x8c
          || opcode == 0x8d
          || (opcode >= 0x92 && opcode <= 0x95)) {
        continue;
      }
      String code = "opcode 0x" + Integer.toHexString(0x100 + opcode).substring(1) + ")";
      refused(code, new TestPickle().op('N').op('N').op(opcode).raw(new byte[16]));
    }
  }

  @Test
  void hugeCountsTakeNoMemory() {
    refused("text of 4294967295 bytes", new TestPickle().op('X').int32(-1));
    refused("text of 2147483647 bytes", new TestPickle().op('X').int32(Integer.MAX_VALUE));
    refused("bytes", new TestPickle(4).op(0x8d).int64(-1));
    refused("bytes", new TestPickle(4).op(0x8d).int64(Long.MAX_VALUE));
    refused("cut short", new TestPickle(4).op(0x95).int64(Long.MAX_VALUE));
    refused("cut short", new TestPickle().op('X').int32(60_000));
    refused("a whole number has 255 bytes", new TestPickle().op(0x8a).op(255));
    refused("opcode 0x8b", new TestPickle().op(0x8b).int32(Integer.MAX_VALUE));
    refused("remembers too much", new TestPickle().op('N').op('r').int32(-1));
    refused("recalls value", new TestPickle().op('j').int32(Integer.MAX_VALUE));
  }

  @Test
  void endlessPicklesEnd() {
    refused("piles up", repeated("N", 1 << 20));
    refused("nested too deeply", repeated("(", 1 << 20));
    refused("more than 1048576 values", repeated("]" + ")a".repeat(1 << 21), 1));
    refused("piles up", repeated("]" + ")".repeat(1 << 21), 1));
    TestPickle deep = new TestPickle().op(']'); // a tuple in a tuple in a tuple
    for (int i = 0; i < 1 << 21; i++) {
      deep.op(0x85);
    }
    refused("more than 1048576 values", deep);
    refused("has 16777219 bytes", repeated("N", RestrictedPickle.MAX_BYTES));
  }

  private static TestPickle repeated(String opcodes, int times) {
    return new TestPickle().ascii(opcodes.repeat(times));
  }

  @Test
  void valuesThatContainThemselvesAreHarmless() throws Exception {
    // a list in itself, and a dictionary in itself
    Sequence list =
        (Sequence) read(new TestPickle().op(']').op('q').op(0).op('h').op(0).op('a').end());
    assertEquals(1, list.items.size());
    refused(
        "a key of a dictionary is a list",
        new TestPickle().op('}').op(']').op('q').op(0).op('h').op(0).op('a').op('N').op('s'));
    refused("a key of a dictionary is a tuple", new TestPickle().op('}').op(')').op('N').op('s'));
  }

  @Test
  void stackIsNeverReadBelowItsMarkOrItsEnd() {
    refused("a value that is not there", new TestPickle().op(0x85));
    refused("a value that is not there", new TestPickle().op('N').op('(').op(0x85));
    refused("a mark that is not there", new TestPickle().op('t'));
    refused("left over", new TestPickle().op('N').op('N'));
    refused("left over", new TestPickle());
    refused("left over", new TestPickle().op('N').op('('));
    refused("what is no list", new TestPickle().op('N').op('N').op('a'));
    refused("what is no dictionary", new TestPickle().op(']').op('N').op('N').op('s'));
    refused("twice", new TestPickle().op('}').op('(').text("a").op('N').text("a").op('N').op('u'));
    assertTrue(refusal(new byte[] {'N', '.'}).contains("not a pickle of protocol 2 to 5"));
    assertTrue(refusal(new byte[] {(byte) 0x80, 2}).contains("cut short"));
    assertTrue(refusal(new byte[] {(byte) 0x80, 2, 'N', '.', 'N'}).contains("left over"));
  }

  private static void refused(String sentence, TestPickle pickle) {
    String refusal = refusal(pickle.end());
    assertTrue(refusal.contains(sentence), refusal);
  }

  private static String refusal(byte[] pickle) {
    return String.valueOf(assertThrows(ImportException.class, () -> read(pickle)).getMessage());
  }

  private static PickleValue read(byte[] pickle) throws ImportException {
    return RestrictedPickle.read("x.pth", MemorySegment.ofArray(pickle));
  }

  private static PickleValue read(String hex) throws ImportException {
    return read(java.util.HexFormat.of().parseHex(hex));
  }
}
