package io.tieback.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;

/** A connector as a process of its own: a slow webhook, schedules in the database, SIGTERM. */
final class ApplicationHolder {

  private ApplicationHolder() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Settings settings =
        TestSettings.of(
            folder, "server.port", "0", "management.port", "0", "routes.reload", "false");
    Database database = Database.open(settings);
    AtomicInteger finished = new AtomicInteger();
    CamelApplication application =
        CamelApplication.of(settings)
            .beans(Map.of("finished", finished))
            .javaRoutes(
                () ->
                    List.of(
                        new RouteBuilder() {
                          @Override
                          public void configure() {
                            from("platform-http:/slow")
                                .routeId("slow")
                                .process(exchange -> System.out.println("working"))
                                .delay(1500)
                                .bean(finished, "incrementAndGet");
                          }
                        }))
            .closing(database);
    application.stopOnSignal(() -> System.out.println("finished " + finished.get()));
    application.start();
    System.out.println("ports " + application.port() + " " + application.managementPort());
    application.awaitStop();
  }
}
