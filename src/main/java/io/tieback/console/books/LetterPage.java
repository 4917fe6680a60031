package io.tieback.console.books;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Duty;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Errors;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.page.Way;
import io.tieback.console.web.Problem;
import io.tieback.flow.CorrectionCheck;
import io.tieback.ledger.DeadLetterStory;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.Replays;
import io.tieback.wire.Json;
import io.tieback.wire.Redaction;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One dead letter: its cause, remedy, payload and whole way, and what can be done about it. */
final class LetterPage implements Pages.Group {

  private final Ledger ledger;

  LetterPage(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .get("/dead-letters/{id}", Pages.duty(Duty.VIEW), ask -> page(ask, new Errors(), null))
        .post("/dead-letters/{id}/replay", Pages.duty(Duty.REPLAY), this::replay)
        .post("/dead-letters/{id}/fix", Pages.duty(Duty.REPLAY), this::fix)
        .post("/dead-letters/{id}/discard", Pages.duty(Duty.DISCARD), this::discard);
  }

  private DeadLetterStory story(Ask ask) {
    DeadLetterStory story =
        ledger.deadLetters().story(ask.number("id")).orElseThrow(Problem::notFound);
    ask.requireSeen(story.row().connection());
    return story;
  }

  private Reply page(Ask ask, Errors errors, String typed) {
    DeadLetterStory story = story(ask);
    boolean open = story.row().state().equals("open");
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("line", LetterLine.of(ask, story.row()));
    model.put("row", story.row());
    model.put("letter", story.letter());
    model.put("chain", story.chain().stream().map(row -> LetterLine.of(ask, row)).toList());
    model.put("steps", Way.steps(ask, story.way()));
    model.put("exchange", pretty(story.letter().exchange()));
    model.put("corrected", pretty(story.corrected()));
    model.put("payload", typed == null ? story.payload() : typed);
    model.put("mayReplay", open && LetterRights.refusal(ask, Duty.REPLAY, story.row()).isEmpty());
    model.put("mayDiscard", open && LetterRights.refusal(ask, Duty.DISCARD, story.row()).isEmpty());
    model.put("replayable", open && !story.row().subjectKind().equals("exchange"));
    model.put("whyNot", open ? whyNot(ask, story) : "");
    model.put("approver", open && isAccepted(story));
    model.put("errors", errors);
    return errors.none() ? Reply.page("letter", model) : Reply.again("letter", model);
  }

  /** Why the deeds are not there for whoever looks. */
  private static String whyNot(Ask ask, DeadLetterStory story) {
    return LetterRights.refusal(ask, Duty.REPLAY, story.row())
        .map(refusal -> refusal.reason(ask.language()) + " " + refusal.remedy(ask.language()))
        .orElse("");
  }

  /** Whether it is decided about here: then it is written only as it was accepted (design 2). */
  private boolean isAccepted(DeadLetterStory story) {
    return story.row().queueItemId() != null
        && ledger
            .queueItems()
            .find(story.row().queueItemId())
            .filter(item -> item.door().equals(QueueItem.TIEBACK))
            .isPresent();
  }

  private Reply replay(Ask ask) {
    LetterRights.require(ask, Duty.REPLAY, story(ask).row());
    return acted(ask, Optional.empty(), "letters.replayed");
  }

  private Reply fix(Ask ask) {
    String typed = ask.typed("payload");
    DeadLetterStory story = story(ask);
    LetterRights.require(ask, Duty.REPLAY, story.row());
    Optional<String> wrong = wrong(ask, story, typed);
    if (wrong.isPresent()) {
      return page(ask, new Errors().add("payload", wrong.get()), typed);
    }
    return acted(ask, Optional.of(typed), "letters.fixed");
  }

  private Reply acted(Ask ask, Optional<String> corrected, String done) {
    long id = ask.number("id");
    try {
      ledger.replays().replay(id, ask.person().email(), corrected);
    } catch (Replays.NotPossible refused) {
      return Reply.redirect("/dead-letters/" + id).warning(refused.getMessage());
    }
    return Reply.redirect("/dead-letters/" + id).saying(done);
  }

  private Reply discard(Ask ask) {
    LetterRights.require(ask, Duty.DISCARD, story(ask).row());
    long id = ask.number("id");
    Optional<String> reason = ask.field("reason");
    if (reason.isEmpty()) {
      return Reply.redirect("/dead-letters/" + id).warning("letters.reason.missing");
    }
    try {
      ledger.replays().discard(id, ask.person().email(), reason.get());
    } catch (Replays.NotPossible refused) {
      return Reply.redirect("/dead-letters/" + id).warning(refused.getMessage());
    }
    return Reply.redirect("/dead-letters/" + id).saying("letters.discarded");
  }

  // ---- the correction

  /** What is wrong with a correction; empty when it can be replayed. */
  private Optional<String> wrong(Ask ask, DeadLetterStory story, String typed) {
    if (story.payload() == null) {
      return Optional.of(ask.text("letters.fix.source"));
    }
    JsonNode json;
    try {
      json = Json.mapper().readTree(typed);
    } catch (JsonProcessingException e) {
      return Optional.of(
          ask.text(
              "letters.fix.json",
              e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
              e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
              e.getOriginalMessage()));
    }
    if (json == null || !json.isObject()) {
      return Optional.of(ask.text("letters.fix.object"));
    }
    JsonNode before = Json.read(story.payload());
    Optional<CorrectionCheck.Problem> problem = CorrectionCheck.of(ledger, story, json);
    if (problem.isPresent()) {
      return problem.map(
          one ->
              ask.text(
                  "letters.fix." + one.fault().name().toLowerCase(Locale.ROOT),
                  one.field(),
                  one.found(),
                  one.limit()));
    }
    if (before.equals(json)) {
      return Optional.of(ask.text("letters.fix.same"));
    }
    return masked("", json).map(field -> ask.text("letters.fix.masked", field));
  }

  /** The first field that is shown masked: replayed like this, the mask would take its place. */
  private static Optional<String> masked(String path, JsonNode json) {
    if (json.isTextual()) {
      return json.asText().contains(Redaction.MASK) ? Optional.of(path) : Optional.empty();
    }
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        Optional<String> found = masked(path + "[" + i + "]", json.get(i));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    return json.properties().stream()
        .map(
            field ->
                masked(
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static String pretty(String json) {
    return json == null ? "" : Json.read(json).toPrettyString();
  }
}
