package io.tieback.sandbox.quickbooksonline;

import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code requestid} (reference section 5): unique per company; a repeat gets the first answer and
 * nothing is executed, whatever the repeat asks. How long is UNCERTAIN: a switch.
 */
final class RequestIds {
  static final int LONGEST = 50;

  private record Remembered(Answer answer, Instant at) {}

  private final Switches switches;
  private final Map<String, Remembered> remembered = new HashMap<>();

  RequestIds(Switches switches) {
    this.switches = switches;
  }

  void clear() {
    remembered.clear();
  }

  /** The remembered answer, or the operation's own. A Refusal passes through. */
  Answer once(String requestId, String realmId, Instant now, Supplier<Answer> operation) {
    String mode = switches.choice("requestId");
    if (requestId == null || requestId.isEmpty() || mode.equals("off")) {
      return operation.get();
    }
    if (requestId.length() > LONGEST) {
      throw Refusal.invalid(
          "2050",
          "String length is either shorter or longer than supported by specification",
          "requestid: Min:1 Max:" + LONGEST + " supported. Supplied length:" + requestId.length(),
          "requestid");
    }
    String key = realmId + " " + requestId;
    Remembered before = remembered.get(key);
    Duration life = Duration.ofHours(switches.number("requestIdHours"));
    if (before != null && before.at().plus(life).isAfter(now)) {
      return before.answer();
    }
    Answer answer = operation.get();
    if (answer.status() == 200 || mode.equals("replaysFaults")) {
      remembered.put(key, new Remembered(answer, now));
    }
    return answer;
  }
}
