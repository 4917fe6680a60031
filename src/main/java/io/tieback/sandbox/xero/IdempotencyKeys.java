package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Idempotency keys (reference section 3.5): the first answer, errors included, is replayed for six
 * minutes to the same request of the same app; another request with the key is refused; afterwards
 * the key is new again.
 */
final class IdempotencyKeys {
  private static final Duration LIFE = Duration.ofMinutes(6);
  private static final int LONGEST = 128;

  private record Remembered(String request, Answer answer, Instant at) {}

  private final Map<String, Remembered> remembered = new LinkedHashMap<>();

  void clear() {
    remembered.clear();
  }

  /** The remembered answer, or the operation's own. */
  Answer once(Call call, String app, String tenant, Instant now, Supplier<Answer> operation) {
    String key = call.header("Idempotency-Key");
    if (key == null
        || key.isEmpty()
        || call.method().equals("GET")
        || call.method().equals("DELETE")) {
      return operation.get();
    }
    if (key.length() > LONGEST) {
      throw Refusal.invalid(
          "Idempotency Key: the key must not be longer than " + LONGEST + " characters.");
    }
    forgetOld(now);
    String request =
        call.method() + " " + call.uri() + " " + tenant + " " + digest(call.body().getBytes());
    String scoped = app + " " + key;
    Remembered before = remembered.get(scoped);
    if (before != null) {
      if (!before.request().equals(request)) {
        throw Refusal.invalid("Idempotency Key: " + key + " is used with a different request.");
      }
      return before.answer();
    }
    Answer answer = operation.get();
    remembered.put(scoped, new Remembered(request, answer, now));
    return answer;
  }

  private void forgetOld(Instant now) {
    for (Iterator<Remembered> oldest = remembered.values().iterator(); oldest.hasNext(); ) {
      if (oldest.next().at().plus(LIFE).isAfter(now)) {
        return;
      }
      oldest.remove();
    }
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
