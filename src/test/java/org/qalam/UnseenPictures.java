package org.qalam;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A JavaFX without a screen that leaves its finished pictures alone. It would copy each of them
 * number by number into a buffer that no test looks at (snapshots are drawn elsewhere), which took
 * up to half of a window test's time.
 */
public final class UnseenPictures {
  private static final String PACKAGE = "com.sun.glass.ui.headless.";
  private static final String WINDOW = PACKAGE + "HeadlessWindow";

  private UnseenPictures() {}

  /** To be called before JavaFX starts; leaves another JavaFX than the one on no screen alone. */
  public static void begin() throws IOException, ReflectiveOperationException {
    if (!"Headless".equals(System.getProperty("glass.platform"))) {
      return;
    }
    Class<?> neighbour =
        Class.forName(PACKAGE + "HeadlessCursor", false, UnseenPictures.class.getClassLoader());
    MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(changed());
  }

  private static byte[] changed() throws IOException {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream(WINDOW.replace('.', '/') + ".class")) {
      ClassModel window = ClassFile.of().parse(Objects.requireNonNull(in).readAllBytes());
      Predicate<MethodModel> copying = method -> method.methodName().equalsString("blit");
      return ClassFile.of()
          .transformClass(window, ClassTransform.transformingMethodBodies(copying, new Nothing()));
    }
  }

  /** The body of a method without a result, which then does nothing. */
  private static final class Nothing implements CodeTransform {
    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      // none of it
    }

    @Override
    public void atEnd(CodeBuilder builder) {
      builder.return_();
    }
  }

  /** Starts the program that the first argument names, with the others. */
  public static void main(String[] args) throws Exception {
    begin();
    Method program = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
    program.setAccessible(true);
    program.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }
}
