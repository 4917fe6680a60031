package io.tieback.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.BeanRepository;

/**
 * Camel for trying routes out: it sees the running application's beans without taking them over.
 * Components are its own, since starting one would tie it to this context.
 */
final class TrialMain extends Main {

  private final Map<String, Object> beans = new LinkedHashMap<>();

  TrialMain(Map<String, Object> running) {
    running.forEach(
        (name, bean) -> {
          if (!(bean instanceof Component)) {
            beans.put(name, bean);
          }
        });
  }

  @Override
  protected CamelContext createCamelContext() {
    return new DefaultCamelContext(new Beans());
  }

  private final class Beans implements BeanRepository {

    @Override
    public Object lookupByName(String name) {
      return beans.get(name);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
      Object bean = beans.get(name);
      return type.isInstance(bean) ? type.cast(bean) : null;
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
      return beans.entrySet().stream()
          .filter(bean -> type.isInstance(bean.getValue()))
          .collect(Collectors.toMap(Map.Entry::getKey, bean -> type.cast(bean.getValue())));
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
      return Set.copyOf(findByTypeWithName(type).values());
    }
  }
}
