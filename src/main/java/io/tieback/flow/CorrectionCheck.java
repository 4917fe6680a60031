package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.ledger.DeadLetterStory;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ChangeOrderExport;
import io.tieback.procore.CommitmentExport;
import io.tieback.procore.DirectoryVendor;
import io.tieback.procore.RequisitionExport;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a correction of a dead letter can be taken: it is read by the very reader that reads the
 * event when it goes, it stays with its record, and its lines stay those of the record.
 */
public final class CorrectionCheck {

  private static final List<String> OF_COMMITMENT =
      List.of(
          "/commitment/id", "/commitment/type", "/commitment/project/id", "/commitment/vendor/id");

  /** What says which record it is, and whose; JSON pointers into the record's part of the event. */
  private static final Map<String, List<String>> FIXED =
      Map.of(
          WorkItem.REQUISITION,
          List.of("/procore_requisition_id", "/contract_id"),
          "work_order_contract",
          OF_COMMITMENT,
          "purchase_order_contract",
          OF_COMMITMENT,
          ChangeOrderFlow.ENTITY,
          Stream.concat(OF_COMMITMENT.stream(), Stream.of("/change_order/id")).toList(),
          CompanyReadings.VENDOR,
          List.of("/id"));

  private static final Map<String, Lines> LINES =
      Map.of(
          WorkItem.REQUISITION,
          new Lines("line_items", "procore_requisition_item_id"),
          "work_order_contract",
          new Lines("commitment_items", "id"),
          "purchase_order_contract",
          new Lines("commitment_items", "id"),
          ChangeOrderFlow.ENTITY,
          new Lines("change_order_items", "id"));

  private record Lines(String field, String id) {}

  private CorrectionCheck() {}

  /** What a correction fails by. */
  public enum Fault {
    /** It is of a kind that is corrected in Procore. */
    SOURCE,
    /** A field that says which record it is, or whose, is another. */
    FIXED,
    /** A line is none of the record's. */
    LINE,
    /** A field that is needed is missing, or cannot be read. */
    UNREADABLE
  }

  /**
   * What is wrong with a correction.
   *
   * @param fault what it fails by
   * @param field which field, such as {@code commitment.vendor.id}
   * @param found what it holds now, or what the reader says
   * @param limit what it has to hold; blank where {@code found} says all
   */
  public record Problem(Fault fault, String field, String found, String limit) {

    /** In English, with the remedy. */
    public String sentence() {
      return switch (fault) {
        case SOURCE ->
            "A record of this kind (" + field + ") is corrected in Procore, and replayed as it is.";
        case FIXED ->
            "Field "
                + field
                + " is "
                + found
                + ", and has to stay "
                + limit
                + ": a correction stays with its record. Nothing was replayed.";
        case LINE ->
            "Field "
                + field
                + " names line "
                + found
                + ", which is none of the record's ("
                + limit
                + "). Nothing was replayed.";
        case UNREADABLE ->
            "It cannot be read: " + found + " Correct that field; nothing was replayed.";
      };
    }
  }

  /** What is wrong with a correction of this letter; empty when it can be replayed. */
  public static Optional<Problem> of(Ledger ledger, DeadLetterStory letter, JsonNode after) {
    boolean here =
        letter.row().queueItemId() != null
            && ledger
                .queueItems()
                .find(letter.row().queueItemId())
                .filter(item -> item.door().equals(QueueItem.TIEBACK))
                .isPresent();
    return of(letter.row().entity(), here, Json.read(letter.payload()), after);
  }

  /**
   * The same.
   *
   * @param entity External Data's word
   * @param here whether the record is decided about at Tieback's own door
   * @param before the record's part of Procore's event as it was sent
   * @param after as a person corrected it
   */
  static Optional<Problem> of(String entity, boolean here, JsonNode before, JsonNode after) {
    if (here && !DoorData.takesCorrections(entity)) {
      return Optional.of(new Problem(Fault.SOURCE, entity, "", ""));
    }
    for (String pointer : FIXED.getOrDefault(entity, List.of("/id"))) {
      if (!text(before.at(pointer)).equals(text(after.at(pointer)))) {
        return Optional.of(
            new Problem(
                Fault.FIXED,
                pointer.substring(1).replace('/', '.'),
                text(after.at(pointer)),
                text(before.at(pointer))));
      }
    }
    return lines(LINES.get(entity), before, after).or(() -> unreadable(entity, after));
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? "missing" : value.asText();
  }

  /** Lines may be left out, never made up: what is written of them is marked in Procore by id. */
  private static Optional<Problem> lines(Lines lines, JsonNode before, JsonNode after) {
    if (lines == null || !before.path(lines.field()).isArray()) {
      return Optional.empty();
    }
    if (!after.path(lines.field()).isArray()) {
      return Optional.of(
          new Problem(
              Fault.UNREADABLE, lines.field(), lines.field() + " is missing, or no list.", ""));
    }
    Set<String> theirs = new HashSet<>();
    before.path(lines.field()).forEach(line -> theirs.add(text(line.path(lines.id()))));
    int number = 0;
    for (JsonNode line : after.path(lines.field())) {
      String id = text(line.path(lines.id()));
      if (!theirs.remove(id)) {
        return Optional.of(
            new Problem(
                Fault.LINE,
                lines.field() + "[" + number + "]." + lines.id(),
                id,
                "each of its lines once"));
      }
      number++;
    }
    return Optional.empty();
  }

  private static Optional<Problem> unreadable(String entity, JsonNode after) {
    try {
      var unused = read(entity, after);
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(new Problem(Fault.UNREADABLE, entity, failure.getMessage() + ".", ""));
    }
  }

  /** By the reader that the record's flow has. */
  private static Object read(String entity, JsonNode after) {
    return switch (entity) {
      case WorkItem.REQUISITION -> RequisitionExport.stored(after);
      case "work_order_contract", "purchase_order_contract" -> CommitmentExport.of(after);
      case ChangeOrderFlow.ENTITY -> ChangeOrderExport.of(after);
      case CompanyReadings.VENDOR -> DirectoryVendor.of(after);
      default -> after;
    };
  }
}
