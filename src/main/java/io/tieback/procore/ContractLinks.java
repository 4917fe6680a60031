package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.Commitment;
import io.tieback.construction.ContractLine;
import io.tieback.procore.MissingLinks.Missing;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Completes the links of a commitment or change order, as {@link MissingLinks} does for invoices:
 * the event's own, else what Tieback knows, else what Procore shows now; Procore is asked at most
 * once for each record.
 */
public final class ContractLinks {

  private static final String VENDOR = "vendor";
  private static final String PROJECT = "project";
  private static final String COST_CODE = "cost_code";
  private static final String COST_TYPE = "line_item_type";

  private final ProcoreDirectory directory;
  private final KnownLinks known;

  /**
   * @param directory reads of Procore
   * @param known what Tieback knows already
   */
  public ContractLinks(ProcoreDirectory directory, KnownLinks known) {
    this.directory = directory;
    this.known = known;
  }

  /**
   * A record with its links.
   *
   * @param record with all links that there are
   * @param missing what is not in the ERP yet; each once
   */
  public record Completed<R>(R record, List<Missing> missing) {
    public Completed {
      missing = List.copyOf(missing);
    }
  }

  /** Completes what is null in a commitment. */
  public Completed<Commitment> complete(Commitment commitment) {
    One one = new One(commitment.projectId());
    String project = one.project(commitment.projectOriginId());
    String vendor = one.vendor(commitment.vendorOriginId(), commitment.vendorId());
    List<ContractLine> lines = one.lines(commitment.lines());
    return new Completed<>(commitment.linked(project, vendor, lines), one.missing());
  }

  /**
   * Completes what is null in a change order.
   *
   * @param kind kind of its commitment
   */
  public Completed<ChangeOrder> complete(ChangeOrder change, CommitmentKind kind) {
    One one = new One(change.projectId());
    String project = one.project(change.projectOriginId());
    String vendor = one.vendor(change.vendorOriginId(), change.vendorId());
    String commitment =
        one.link(
            change.commitmentOriginId(),
            change.commitmentEntity(),
            change.commitmentId(),
            "commitment " + change.orderNumber(),
            () -> directory.commitment(kind, change.projectId(), change.commitmentId()));
    List<ContractLine> lines = one.lines(change.lines());
    return new Completed<>(change.linked(project, vendor, commitment, lines), one.missing());
  }

  /** One record. */
  private final class One {
    private final long projectId;
    private final Map<String, Missing> missing = new LinkedHashMap<>();
    private final Map<Long, Optional<String>> codes = new HashMap<>();
    private Map<Long, JsonNode> types;

    One(long projectId) {
      this.projectId = projectId;
    }

    List<Missing> missing() {
      return List.copyOf(missing.values());
    }

    String project(String given) {
      return link(
          given, PROJECT, projectId, "project " + projectId, () -> directory.project(projectId));
    }

    String vendor(String given, long id) {
      long today = known.today(VENDOR, id);
      return link(given, VENDOR, today, "company " + today, () -> directory.vendor(today));
    }

    String link(String given, String itemType, long id, String name, Supplier<JsonNode> read) {
      Optional<String> link = found(given, itemType, id, read);
      if (link.isEmpty()) {
        note(new Missing(itemType, id, name));
      }
      return link.orElse(null);
    }

    private Optional<String> found(
        String given, String itemType, long id, Supplier<JsonNode> read) {
      if (given != null) {
        return Optional.of(given);
      }
      Optional<String> held = known.originId(itemType, id);
      if (held.isPresent()) {
        return held;
      }
      Optional<String> shown = Optional.ofNullable(Fields.text(read.get(), "origin_id"));
      shown.ifPresent(link -> known.learned(itemType, id, link));
      return shown;
    }

    private void note(Missing found) {
      missing.putIfAbsent(found.key(), found);
    }

    List<ContractLine> lines(List<ContractLine> lines) {
      List<ContractLine> completed = new ArrayList<>();
      for (ContractLine line : lines) {
        Optional<String> code = code(line);
        Optional<String> type = type(line);
        // A line that comes to nothing is written without an item, if it has to be.
        if (!line.amount().isZero()) {
          if (code.isEmpty() && line.costCodeId() != null) {
            note(new Missing(COST_CODE, line.costCodeId(), "cost code " + line.costCode()));
          }
          if (type.isEmpty() && line.costTypeId() != null) {
            note(
                new Missing(
                    COST_TYPE,
                    line.costTypeId(),
                    "cost type " + line.costType() + " of " + line.costCode()));
          }
        }
        completed.add(line.with(code.orElse(null), type.orElse(null)));
      }
      return completed;
    }

    private Optional<String> code(ContractLine line) {
      if (line.costCodeOriginId() != null || line.costCodeId() == null) {
        return Optional.ofNullable(line.costCodeOriginId());
      }
      return codes.computeIfAbsent(
          line.costCodeId(),
          id -> found(null, COST_CODE, id, () -> directory.costCode(projectId, id)));
    }

    private Optional<String> type(ContractLine line) {
      if (line.costTypeOriginId() != null || line.costTypeId() == null) {
        return Optional.ofNullable(line.costTypeOriginId());
      }
      return found(null, COST_TYPE, line.costTypeId(), () -> shownType(line.costTypeId()));
    }

    private JsonNode shownType(long id) {
      if (types == null) {
        types = new HashMap<>();
        directory
            .costTypes(projectId)
            .forEach(type -> types.put(Fields.id(type, "id", "cost type"), type));
      }
      return types.getOrDefault(id, Json.object());
    }
  }
}
