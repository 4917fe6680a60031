package io.tieback.wire;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * What an exception of the HTTP client says about the request: it surely never left, or nobody
 * knows.
 */
final class HttpExceptions {

  private HttpExceptions() {}

  /** Classifies what was caught while a request was being sent or its answer read. */
  static Failure failure(HttpCall call, Throwable caught) {
    Throwable cause = root(caught);
    // Time-outs are InterruptedIOExceptions by inheritance; only the bare class means that somebody
    // wants this thread to end.
    if (cause instanceof InterruptedException || cause.getClass() == InterruptedIOException.class) {
      Thread.currentThread().interrupt();
    }
    if (surelyNeverLeft(cause)) {
      return neverLeft(call, cause);
    }
    if (cause instanceof AnswerLimit.TooLong && !call.writes()) {
      return new Failure(
          FailureKind.REFUSED, 0, call + ": " + cause.getMessage(), "", null, caught);
    }
    String words = words(call, cause);
    return call.writes()
        ? new Failure(
            FailureKind.UNKNOWN,
            0,
            words + "; whether it was carried out is unknown",
            "",
            null,
            caught)
        : new Failure(FailureKind.TRANSIENT, 0, words, "", null, caught);
  }

  /** The request did not leave this machine. */
  static Failure neverLeft(HttpCall call, Throwable cause) {
    return new Failure(
        FailureKind.TRANSIENT,
        0,
        words(call, cause) + "; nothing was sent",
        remedy(call, cause),
        null,
        cause);
  }

  private static boolean surelyNeverLeft(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof ConnectTimeoutException
        || cause instanceof ConnectionRequestTimeoutException
        || cause instanceof SSLHandshakeException
        || cause instanceof SSLPeerUnverifiedException
        || cause instanceof LastMoment.TooLate
        || cause instanceof RejectedExecutionException;
  }

  /** The innermost exception that tells something, through Camel's wrappers. */
  private static Throwable root(Throwable caught) {
    Throwable current = caught;
    for (int depth = 0;
        depth < 10 && current.getCause() != null && !surelyNeverLeft(current);
        depth++) {
      boolean wrapper =
          current instanceof org.apache.camel.RuntimeCamelException
              || current instanceof org.apache.camel.CamelExecutionException;
      if (!wrapper) {
        break;
      }
      current = current.getCause();
    }
    return current;
  }

  private static String words(HttpCall call, Throwable cause) {
    String message = cause.getMessage() == null ? "" : ": " + Redaction.text(cause.getMessage());
    return call + " got no answer (" + cause.getClass().getSimpleName() + message + ")";
  }

  private static String remedy(HttpCall call, Throwable cause) {
    String host = call.uri().getHost();
    if (cause instanceof UnknownHostException) {
      return "Check the host name "
          + host
          + " in the configuration and this machine's name resolution.";
    }
    if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
      return "Check the certificate of "
          + host
          + " and the certificate authorities that this Java trusts.";
    }
    if (cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof ConnectTimeoutException) {
      return "Check that "
          + call.uri().getAuthority()
          + " can be reached from this machine (firewall, proxy).";
    }
    return "";
  }
}
