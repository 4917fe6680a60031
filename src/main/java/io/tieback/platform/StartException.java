package io.tieback.platform;

import io.tieback.platform.RouteSet.Entry;
import java.util.List;
import org.apache.camel.FailedToCreateRouteException;

/** The connector cannot start; the message says why in one sentence. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private StartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The clear form of whatever went wrong; a route's mistake becomes a {@link RoutesException}. */
  static RuntimeException of(Exception failure, RouteSet loaded) {
    Throwable deepest = failure;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      deepest = e;
      if (e instanceof RoutesException || e instanceof SettingsException) {
        return (RuntimeException) e;
      }
      if (e instanceof FailedToCreateRouteException creation && loaded != null) {
        Entry route = loaded.routes().get(creation.getRouteId());
        if (route != null) {
          return new RoutesException(List.of(RouteDiagnosis.of(route, failure)));
        }
      }
    }
    String why = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    return new StartException("Tieback cannot start: " + why, failure);
  }
}
