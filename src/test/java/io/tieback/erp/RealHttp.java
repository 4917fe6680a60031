package io.tieback.erp;

import io.tieback.specs.XeroContract;
import io.tieback.wire.CamelHttp;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.HttpSettings;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/** The product's own HTTP client, one for all tests. */
public final class RealHttp {

  private static Http shared;

  private RealHttp() {}

  /** The client. */
  public static synchronized Http client() {
    if (shared == null) {
      DefaultCamelContext context = new DefaultCamelContext();
      context.start();
      shared = new CamelHttp(context, HttpSettings.defaults());
      Runtime.getRuntime().addShutdownHook(new Thread(context::stop));
    }
    return shared;
  }

  /**
   * The client, with every call to Xero's Accounting API held against Xero's contract first, where
   * that is at hand.
   */
  public static Http judged() {
    return new Judged(client());
  }

  private record Judged(Http http) implements Http {
    @Override
    public HttpAnswer send(HttpCall call) {
      if (XeroContract.isThere() && call.uri().getPath().startsWith("/api.xro/")) {
        List<String> objections = XeroContract.load().objections(call);
        if (!objections.isEmpty()) {
          throw new AssertionError(call + " breaks Xero's contract: " + objections);
        }
      }
      return http.send(call);
    }
  }
}
