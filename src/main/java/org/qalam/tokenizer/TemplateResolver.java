package org.qalam.tokenizer;

import com.hubspot.jinjava.el.TypeConvertingMapELResolver;
import com.hubspot.jinjava.el.ext.JinjavaBeanELResolver;
import com.hubspot.jinjava.el.ext.JinjavaListELResolver;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.collections.PyList;
import com.hubspot.jinjava.objects.collections.PyMap;
import com.hubspot.jinjava.util.ForLoop;
import java.util.Map;
import java.util.Set;
import jinjava.javax.el.ArrayELResolver;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.MethodNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * What an expression in a template can reach: entries of maps and lists, the state of a loop, a few
 * methods of texts, lists and maps. No other Java property or method, whatever the object.
 */
final class TemplateResolver extends CompositeELResolver {
  private static final Set<String> LIST_METHODS =
      Set.of("append", "extend", "insert", "pop", "index", "count", "reverse", "copy");
  private static final Set<String> MAP_METHODS = Set.of("get", "items", "keys", "values", "update");

  TemplateResolver(long maxLength) {
    add(new ArrayELResolver(true));
    add(new JinjavaListELResolver(true));
    add(new TypeConvertingMapELResolver(true));
    add(new Members(maxLength));
  }

  private static final class Members extends JinjavaBeanELResolver {
    private final long maxLength;

    Members(long maxLength) {
      super(true);
      this.maxLength = maxLength;
    }

    @Override
    public @Nullable Object getValue(ELContext context, Object base, Object property) {
      if (base instanceof ForLoop || base instanceof Map.Entry) {
        return super.getValue(context, base, property);
      }
      context.setPropertyResolved(base != null);
      return null;
    }

    @Override
    public Object invoke(
        ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
      String name = String.valueOf(method);
      if (base instanceof String text) {
        Object result = PythonText.call(text, name, arguments, maxLength);
        if (result != null) {
          context.setPropertyResolved(true);
          return result;
        }
      } else if ((base instanceof Filter || base instanceof ExpTest)
          || (base instanceof PyList && LIST_METHODS.contains(name))
          || (base instanceof PyMap && MAP_METHODS.contains(name))) {
        return super.invoke(context, base, method, types, arguments);
      }
      throw new MethodNotFoundException("templates have no method '" + name + "' here");
    }
  }
}
