package org.qalam.convert;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An ONNX graph under construction: {@code model.onnx}, whose weights lie in {@code
 * model.onnx.data}, a {@link WeightsFile}. Confined to one thread.
 */
final class OnnxGraph {
  static final String MODEL_FILE = "model.onnx";
  static final String DATA_FILE = "model.onnx.data";

  /** The domain of ONNX Runtime's own operators. */
  static final String MICROSOFT = "com.microsoft";

  /** ONNX's number for float32, as operators' attributes give it. */
  static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  private static final int OPSET = 21;
  private static final int IR_VERSION = 10;

  private final Path folder;
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  OnnxGraph(Path folder, String name) {
    this.folder = folder;
    graph.setName(name);
  }

  /** Declares a weight whose bytes are in the data file. */
  String initializer(
      String name, TensorProto.DataType type, WeightsFile.Stored stored, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", DATA_FILE))
            .addExternalData(entry("offset", Long.toString(stored.offset())))
            .addExternalData(entry("length", Long.toString(stored.length())));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Declares a small float weight inside {@code model.onnx} itself; a list without a shape. */
  String initializer(String name, float[] numbers, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes(numbers)));
    for (long size : shape.length == 0 ? new long[] {numbers.length} : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Declares a small float64 table inside {@code model.onnx} itself. */
  String initializer(String name, double[] numbers, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(numbers);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.DOUBLE.getNumber())
            .setRawData(ByteString.copyFrom(bytes.array()));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Whether a weight of this name is declared. */
  boolean has(String name) {
    return graph.getInitializerList().stream().anyMatch(weight -> weight.getName().equals(name));
  }

  /** Declares a small list of whole numbers inside {@code model.onnx} itself. */
  String initializer(String name, long[] numbers) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(numbers.length);
    for (long number : numbers) {
      tensor.addInt64Data(number);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** An input; numbers in the shape are sizes, other texts are names of sizes known later. */
  String input(String name, TensorProto.DataType type, String... shape) {
    graph.addInput(value(name, type, shape));
    return name;
  }

  void output(String name, TensorProto.DataType type, String... shape) {
    graph.addOutput(value(name, type, shape));
  }

  /** A node under construction. */
  final class Node {
    private final NodeProto.Builder node;

    private Node(String domain, String operator, List<String> inputs, List<String> outputs) {
      node =
          NodeProto.newBuilder()
              .setDomain(domain)
              .setOpType(operator)
              .setName(outputs.getFirst())
              .addAllInput(inputs)
              .addAllOutput(outputs);
    }

    Node with(String name, long value) {
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName(name)
              .setType(AttributeProto.AttributeType.INT)
              .setI(value));
      return this;
    }

    Node with(String name, float value) {
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName(name)
              .setType(AttributeProto.AttributeType.FLOAT)
              .setF(value));
      return this;
    }

    /** Adds the node; gives its first output. */
    String add() {
      graph.addNode(node);
      return node.getOutput(0);
    }
  }

  /** A node of ONNX's own operators. */
  Node node(String operator, List<String> inputs, String... outputs) {
    return new Node("", operator, inputs, Arrays.asList(outputs));
  }

  /** A node of ONNX Runtime's operators. */
  Node microsoft(String operator, List<String> inputs, String... outputs) {
    return new Node(MICROSOFT, operator, inputs, Arrays.asList(outputs));
  }

  /** Writes {@code model.onnx}. */
  void finish() throws IOException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("Qalam")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
            .setGraph(graph)
            .build();
    try (OutputStream out = Files.newOutputStream(folder.resolve(MODEL_FILE))) {
      model.writeTo(out);
    }
  }

  static byte[] bytes(float[] numbers) {
    ByteBuffer buffer =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(numbers);
    return buffer.array();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, String... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (String size : shape) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      if (Character.isDigit(size.charAt(0))) {
        dimension.setDimValue(Long.parseLong(size));
      } else {
        dimension.setDimParam(size);
      }
      dimensions.addDim(dimension);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }
}
