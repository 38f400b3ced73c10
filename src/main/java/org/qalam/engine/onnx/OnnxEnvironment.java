package org.qalam.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import org.qalam.engine.ModelLoadException;
import org.qalam.engine.ModelLoadException.Reason;

/** ONNX Runtime's environment, one for the program, which reports nothing to anyone (0030). */
final class OnnxEnvironment {
  private OnnxEnvironment() {}

  /** The environment, made where it is first asked for. Any thread. */
  static OrtEnvironment get() throws ModelLoadException {
    try {
      return DeepStack.call(OnnxEnvironment::make);
    } catch (ModelLoadException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ModelLoadException(
          Reason.FAILED, "ONNX Runtime could not be started: " + e.getMessage(), e);
    }
  }

  private static OrtEnvironment make() throws OrtException {
    Telemetry.turnOff();
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "qalam");
    environment.setTelemetry(false);
    return environment;
  }
}
