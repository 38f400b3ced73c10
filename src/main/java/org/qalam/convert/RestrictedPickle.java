package org.qalam.convert;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.qalam.convert.PickleValue.Constant;
import org.qalam.convert.PickleValue.Dictionary;
import org.qalam.convert.PickleValue.Fraction;
import org.qalam.convert.PickleValue.Global;
import org.qalam.convert.PickleValue.Sequence;
import org.qalam.convert.PickleValue.Storage;
import org.qalam.convert.PickleValue.TensorView;
import org.qalam.convert.PickleValue.Text;
import org.qalam.convert.PickleValue.Tuple;
import org.qalam.convert.PickleValue.Whole;

/**
 * Reads a Python pickle (protocols 2 to 5) that describes tensors, and nothing else.
 *
 * <p>A pickle is a program that may call any Python function it names. This reader has the opcodes
 * and the three functions that {@code torch.save} needs for a dictionary of tensors; whatever asks
 * for another function or class ends in a sentence that names it. Values are described, never run:
 * no Java class is ever looked up by a name from the file. It works on a stack of its own, so depth
 * in the file is not depth here, and every size is checked before memory is taken. The opcodes are
 * those of Python's {@code Lib/pickletools.py}.
 */
final class RestrictedPickle {
  /** A hundred times as much as a checkpoint with adaptors in 80 layers takes. */
  static final int MAX_BYTES = 1 << 24;

  static final int MAX_VALUES = 1 << 20;
  private static final int MAX_STACK = 1 << 16;
  private static final int MAX_DIMENSIONS = 8;

  private static final String REBUILD_TENSOR = "torch._utils._rebuild_tensor_v2";
  private static final String REBUILD_PARAMETER = "torch._utils._rebuild_parameter";
  private static final String ORDERED_DICT = "collections.OrderedDict";

  /** PyTorch's storage classes; that one is named here does not say that Qalam reads it. */
  private static final Set<String> STORAGES =
      Set.of(
          "BFloat16Storage",
          "BoolStorage",
          "ByteStorage",
          "CharStorage",
          "ComplexDoubleStorage",
          "ComplexFloatStorage",
          "DoubleStorage",
          "FloatStorage",
          "HalfStorage",
          "IntStorage",
          "LongStorage",
          "QInt32Storage",
          "QInt8Storage",
          "QUInt8Storage",
          "QUInt2x4Storage",
          "QUInt4x2Storage",
          "ShortStorage");

  private static final String STORAGE_PREFIX = "torch.";

  private final String file; // its name, for messages
  private final PickleBytes bytes;
  private final List<PickleValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>(); // sizes of the stack
  private final Map<Integer, PickleValue> memo = new HashMap<>();
  private int values;

  private RestrictedPickle(String file, MemorySegment bytes) {
    this.file = file;
    this.bytes = new PickleBytes(file, bytes);
  }

  /**
   * Reads a pickle, which must fill all of {@code bytes}.
   *
   * @param file the name that messages show
   * @throws ImportException where it is damaged, or wants to call anything that a dictionary of
   *     tensors does not need
   */
  static PickleValue read(String file, MemorySegment bytes) throws ImportException {
    return new RestrictedPickle(file, bytes).run();
  }

  private PickleValue run() throws ImportException {
    if (bytes.left() > MAX_BYTES) {
      throw damaged("its list of tensors has " + bytes.left() + " bytes");
    }
    int first = bytes.unsignedByte();
    int protocol = bytes.unsignedByte();
    if (first != 0x80 || protocol < 2 || protocol > 5) {
      throw new ImportException(
          file + ": its list of tensors is not a pickle of protocol 2 to 5; save it again");
    }
    for (int opcode = bytes.unsignedByte(); opcode != '.'; opcode = bytes.unsignedByte()) {
      step(opcode);
    }
    if (stack.size() != 1 || !marks.isEmpty() || bytes.left() != 0) {
      throw damaged("its list of tensors ends with values left over");
    }
    return stack.getFirst();
  }

  private void step(int opcode) throws ImportException {
    switch (opcode) {
      case 'N' -> push(Constant.NONE);
      case 0x88 -> push(Constant.TRUE);
      case 0x89 -> push(Constant.FALSE);
      case 'K' -> make(new Whole(bytes.unsignedByte()));
      case 'M' -> make(new Whole(bytes.unsignedShort()));
      case 'J' -> make(new Whole(bytes.int32()));
      case 0x8a -> make(new Whole(bytes.longInteger()));
      case 'G' -> make(new Fraction(bytes.fraction()));
      case 'X' -> make(new Text(bytes.text(Integer.toUnsignedLong(bytes.int32()))));
      case 0x8c -> make(new Text(bytes.text(bytes.unsignedByte())));
      case 0x8d -> make(new Text(bytes.text(bytes.int64())));
      case ')' -> make(new Tuple(List.of()));
      case 0x85 -> make(new Tuple(popLast(1)));
      case 0x86 -> make(new Tuple(popLast(2)));
      case 0x87 -> make(new Tuple(popLast(3)));
      case 't' -> make(new Tuple(popToMark()));
      case ']' -> make(new Sequence());
      case '}' -> make(new Dictionary(false));
      case '(' -> mark();
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case 's' -> put(popLast(2));
      case 'u' -> put(popToMark());
      case 'q' -> remember(bytes.unsignedByte());
      case 'r' -> remember(bytes.int32());
      case 0x94 -> remember(memo.size());
      case 'h' -> recall(bytes.unsignedByte());
      case 'j' -> recall(bytes.int32());
      case 0x95 -> bytes.frame();
      case 'c' -> global(bytes.line(), bytes.line());
      case 0x93 -> stackGlobal();
      case 'Q' -> make(storage(pop()));
      case 'R' -> reduce();
      case 'b' -> build();
      default -> refuse(opcode);
    }
  }

  // ---- values

  /** Pushes a value that the file has not made before; their number is limited. */
  private void make(PickleValue value) throws ImportException {
    if (++values > MAX_VALUES) {
      throw damaged("its list of tensors has more than " + MAX_VALUES + " values");
    }
    push(value);
  }

  private void push(PickleValue value) throws ImportException {
    if (stack.size() == MAX_STACK) {
      throw damaged("its list of tensors piles up more than " + MAX_STACK + " values");
    }
    stack.add(value);
  }

  /** Takes the top value, but none from below the last mark. */
  private PickleValue pop() throws ImportException {
    if (stack.size() <= (marks.isEmpty() ? 0 : marks.getLast())) {
      throw damaged("its list of tensors uses a value that is not there");
    }
    return stack.removeLast();
  }

  private List<PickleValue> popLast(int count) throws ImportException {
    List<PickleValue> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.addFirst(pop());
    }
    return items;
  }

  private void mark() throws ImportException {
    if (marks.size() == MAX_STACK) {
      throw damaged("its list of tensors is nested too deeply");
    }
    marks.add(stack.size());
  }

  private List<PickleValue> popToMark() throws ImportException {
    if (marks.isEmpty()) {
      throw damaged("its list of tensors uses a mark that is not there");
    }
    List<PickleValue> above = stack.subList(marks.removeLast(), stack.size());
    List<PickleValue> items = List.copyOf(above);
    above.clear();
    return items;
  }

  private PickleValue top() throws ImportException {
    PickleValue value = pop();
    stack.add(value);
    return value;
  }

  private void append(List<PickleValue> items) throws ImportException {
    if (!(top() instanceof Sequence sequence)) {
      throw damaged("it appends to what is no list");
    }
    sequence.items.addAll(items);
  }

  private void put(List<PickleValue> pairs) throws ImportException {
    if (!(top() instanceof Dictionary dictionary) || pairs.size() % 2 != 0) {
      throw damaged("it adds entries to what is no dictionary");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      PickleValue key = pairs.get(i);
      if (!(key instanceof Text || key instanceof Whole)) {
        throw damaged("a key of a dictionary is " + key.kind());
      }
      if (dictionary.entries.put(key, pairs.get(i + 1)) != null) {
        throw damaged(
            "a dictionary has the key "
                + (key instanceof Text text ? Quoted.of(text.text()) : key.kind())
                + " twice");
      }
    }
  }

  private void remember(int index) throws ImportException {
    if (index < 0 || memo.size() == MAX_VALUES) {
      throw damaged("its list of tensors remembers too much");
    }
    memo.put(index, top());
  }

  private void recall(int index) throws ImportException {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw damaged("its list of tensors recalls value " + index + ", which is not there");
    }
    push(value);
  }

  // ---- what it may name and call

  private void stackGlobal() throws ImportException {
    List<PickleValue> names = popLast(2);
    if (!(names.getFirst() instanceof Text module) || !(names.getLast() instanceof Text name)) {
      throw damaged("it names a function by what is no text");
    }
    global(module.text(), name.text());
  }

  private void global(String module, String name) throws ImportException {
    String qualified = module + "." + name;
    boolean known =
        switch (qualified) {
          case REBUILD_TENSOR, REBUILD_PARAMETER, ORDERED_DICT -> true;
          default -> module.equals("torch") && STORAGES.contains(name);
        };
    if (!known) {
      throw calls(Quoted.of(qualified));
    }
    make(new Global(qualified));
  }

  private void reduce() throws ImportException {
    List<PickleValue> call = popLast(2);
    if (!(call.getFirst() instanceof Global function)
        || !(call.getLast() instanceof Tuple arguments)) {
      throw damaged("it calls " + call.getFirst().kind());
    }
    List<PickleValue> items = arguments.items();
    switch (function.qualifiedName()) {
      case ORDERED_DICT -> {
        if (!items.isEmpty()) {
          throw damaged("it makes an OrderedDict from " + items.size() + " arguments");
        }
        make(new Dictionary(true));
      }
      case REBUILD_PARAMETER -> {
        if (items.size() != 3 || !(items.getFirst() instanceof TensorView view)) {
          throw damaged("a parameter is described in another way than PyTorch's");
        }
        push(view);
      }
      case REBUILD_TENSOR -> make(tensor(items));
      default -> throw calls(Quoted.of(function.qualifiedName()));
    }
  }

  /** Attributes are lost, as of a {@code state_dict} with its {@code _metadata}. */
  private void build() throws ImportException {
    List<PickleValue> pair = popLast(2);
    if (!(pair.getFirst() instanceof Dictionary dictionary) || !dictionary.ordered) {
      throw calls("__setstate__ of " + pair.getFirst().kind());
    }
    if (!(pair.getLast() instanceof Dictionary)) {
      throw damaged("the attributes of a dictionary are " + pair.getLast().kind());
    }
    push(dictionary);
  }

  /** Storage, first number, shape, strides, and two or three things that do not matter here. */
  private TensorView tensor(List<PickleValue> arguments) throws ImportException {
    if ((arguments.size() == 6 || arguments.size() == 7)
        && arguments.get(0) instanceof Storage storage
        && arguments.get(1) instanceof Whole offset
        && arguments.get(2) instanceof Tuple shape
        && arguments.get(3) instanceof Tuple strides) {
      return new TensorView(storage, offset.number(), sizes(shape), sizes(strides));
    }
    throw damaged("a tensor is described in another way than PyTorch's");
  }

  private List<Long> sizes(Tuple tuple) throws ImportException {
    if (tuple.items().size() > MAX_DIMENSIONS) {
      throw damaged("a tensor has " + tuple.items().size() + " dimensions");
    }
    List<Long> sizes = new ArrayList<>();
    for (PickleValue item : tuple.items()) {
      if (!(item instanceof Whole size)) {
        throw damaged("the size of a tensor is " + item.kind());
      }
      sizes.add(size.number());
    }
    return List.copyOf(sizes);
  }

  /** {@code ("storage", class, key, where it was, number of elements)}. */
  private Storage storage(PickleValue id) throws ImportException {
    if (id instanceof Tuple tuple
        && tuple.items().size() == 5
        && tuple.items().get(0) instanceof Text(String tag)
        && tag.equals("storage")
        && tuple.items().get(1) instanceof Global type
        && STORAGES.contains(type.qualifiedName().substring(STORAGE_PREFIX.length()))
        && tuple.items().get(2) instanceof Text key
        && tuple.items().get(3) instanceof Text
        && tuple.items().get(4) instanceof Whole elements) {
      return new Storage(
          type.qualifiedName().substring(STORAGE_PREFIX.length()), key.text(), elements.number());
    }
    throw damaged("a storage is described in another way than PyTorch's");
  }

  private void refuse(int opcode) throws ImportException {
    switch (opcode) {
      case 'i' -> throw calls(Quoted.of(bytes.line() + "." + bytes.line()));
      case 'o' -> throw calls("a class by the opcode OBJ");
      case 0x81, 0x92 -> throw calls("__new__ of " + madeClass());
      case 0x82 -> throw calls("extension " + bytes.unsignedByte());
      case 0x83 -> throw calls("extension " + bytes.unsignedShort());
      case 0x84 -> throw calls("extension " + bytes.int32());
      default ->
          throw new ImportException(
              file
                  + ": its list of tensors holds something else than tensors and dictionaries"
                  + " (pickle opcode "
                  + String.format(Locale.ROOT, "0x%02x", opcode)
                  + "); save the tensors alone");
    }
  }

  /** The class that NEWOBJ would make something of, as far as it can be told. */
  private String madeClass() {
    for (PickleValue value : stack.reversed()) {
      if (value instanceof Global global) {
        return Quoted.of(global.qualifiedName());
      }
    }
    return "a class";
  }

  private ImportException calls(String what) {
    return new ImportException(
        file
            + ": it wants to call "
            + what
            + ", which tensors do not need, and Qalam runs no code from a file; take the model from"
            + " a source that you trust");
  }

  private ImportException damaged(String how) {
    return new ImportException(file + ": the file is damaged (" + how + "); download it again");
  }
}
