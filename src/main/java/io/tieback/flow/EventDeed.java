package io.tieback.flow;

import io.tieback.procore.ErpEvent;
import java.util.Map;
import java.util.Set;

/**
 * Carries out an event that brings no document: a check, a push of the ERP's data to Procore, or
 * something that Procore only tells. What happens happens while the request is read; it is done
 * again when the process dies in the middle, so it has to bear being done twice.
 */
public interface EventDeed {

  /** Procore's names of the events that it carries out. */
  Set<String> requestNames();

  /**
   * Carries it out.
   *
   * @throws io.tieback.wire.Failure as it came from a call; the request comes again, or becomes a
   *     dead letter
   */
  Outcome carryOut(ConnectionRoom room, ErpEvent event);

  /**
   * What came of it.
   *
   * @param done whether it was carried out; if not, the request's details are answered as failed
   * @param message what was done, or why not and what a person can do: the approver reads it
   * @param calls calls that it took
   * @param refused request details that are answered as failed although the rest was carried out,
   *     each with the reason and what a person can do
   */
  record Outcome(boolean done, String message, int calls, Map<Long, String> refused) {

    public Outcome {
      refused = Map.copyOf(refused);
    }

    /** One answer for all request details. */
    public Outcome(boolean done, String message, int calls) {
      this(done, message, calls, Map.of());
    }

    /** It was carried out. */
    public static Outcome done(String message, int calls) {
      return new Outcome(true, message, calls);
    }

    /** It was not carried out. */
    public static Outcome refused(String message, int calls) {
      return new Outcome(false, message, calls);
    }
  }
}
