package org.qalam.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What happens when the system asks the program to end, or a person does by Ctrl+C. The run-time
 * library for models takes itself down when Java ends in order, and a run that still goes on then
 * ends in a segmentation fault. So commands end at once; what they write is made for that (0020).
 */
public final class Interruption {
  private Interruption() {}

  /**
   * From now on a signal runs {@code action} with its number instead, on a thread of its own. Where
   * this Java has no signals, nothing changes.
   *
   * @param action replaces the one before
   */
  public static void runs(IntConsumer action) {
    try {
      // By name: the compiler takes no reference to this class without a warning.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Object heard =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, arguments) -> {
                action.accept((int) number.invoke(arguments[0]));
                return null;
              });
      for (String name : new String[] {"INT", "TERM", "HUP"}) {
        handle(signal, handler, name, heard);
      }
    } catch (ReflectiveOperationException e) {
      Logger.getLogger(Interruption.class.getName()).log(Level.INFO, "no signals here", e);
    }
  }

  private static void handle(Class<?> signal, Class<?> handler, String name, Object heard)
      throws ReflectiveOperationException {
    try {
      Object one = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, one, heard);
    } catch (InvocationTargetException e) {
      // Windows has no HUP, and a JVM started with -Xrs leaves signals to others.
      Logger.getLogger(Interruption.class.getName()).log(Level.FINE, name + " is not heard", e);
    }
  }
}
