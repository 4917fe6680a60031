package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.procore.ReadRequisition.LineIds;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Completes the links of an invoice. An event is a snapshot: what was not in the ERP when it was
 * made may be by now, and it names no vendor at all (Procore reference section 7). Known links are
 * used first, then Procore is asked, at most once for each record.
 */
public final class MissingLinks {

  private static final String VENDOR = "vendor";
  private static final String PROJECT = "project";
  private static final String COST_CODE = "cost_code";
  private static final String COST_TYPE = "line_item_type";
  private static final String LINE = "line_item";

  private final ProcoreDirectory directory;
  private final KnownLinks known;

  /**
   * @param directory reads of Procore
   * @param known what Tieback knows already
   */
  public MissingLinks(ProcoreDirectory directory, KnownLinks known) {
    this.directory = directory;
    this.known = known;
  }

  /**
   * Something that the invoice needs and that is not in the ERP yet.
   *
   * @param itemType External Data's word
   * @param procoreId id of the record; 0 when Procore does not say which
   * @param name what it is, for a person
   */
  public record Missing(String itemType, long procoreId, String name) {

    /** The key under which a waiting record is released: {@code item type/id}. */
    public String key() {
      return itemType + "/" + procoreId;
    }
  }

  /**
   * An invoice with its links.
   *
   * @param requisition with all links that there are
   * @param missing what is not in the ERP yet; each once
   */
  public record Completed(ReadRequisition requisition, List<Missing> missing) {
    public Completed {
      missing = List.copyOf(missing);
    }
  }

  /** Completes what is null. */
  public Completed complete(ReadRequisition requisition) {
    SubcontractorInvoice invoice = requisition.invoice();
    Map<String, Missing> missing = new LinkedHashMap<>();
    String project =
        headerLink(
            invoice.projectOriginId(),
            PROJECT,
            invoice.projectId(),
            directory::project,
            "project",
            missing);
    String commitmentType =
        requisition.commitmentKind() == null
            ? "commitment"
            : requisition.commitmentKind().itemType();
    String commitment =
        headerLink(
            invoice.commitmentOriginId(),
            commitmentType,
            invoice.commitmentId(),
            id -> commitment(requisition, id),
            "commitment",
            missing);
    String vendor =
        headerLink(
            invoice.vendorOriginId(),
            VENDOR,
            known.today(VENDOR, invoice.vendorId()),
            directory::vendor,
            "company",
            missing);
    Lines lines = new Lines(requisition);
    List<InvoiceLine> completed = new ArrayList<>();
    for (InvoiceLine line : invoice.lines()) {
      completed.add(lines.complete(line, missing));
    }
    return new Completed(
        requisition.with(with(invoice, project, commitment, vendor, completed)),
        List.copyOf(missing.values()));
  }

  private String headerLink(
      String given,
      String itemType,
      long id,
      LongFunction<JsonNode> read,
      String kind,
      Map<String, Missing> missing) {
    if (given != null) {
      return given;
    }
    Optional<String> held = known.originId(itemType, id);
    if (held.isPresent()) {
      return held.get();
    }
    JsonNode record = read.apply(id);
    String link = learn(itemType, id, record);
    if (link == null) {
      note(missing, new Missing(itemType, id, inWords(kind, id, record)));
    }
    return link;
  }

  /** As people know it, such as {@code commitment SC-0007 Formwork (id 42)}. */
  private static String inWords(String kind, long id, JsonNode record) {
    StringBuilder words = new StringBuilder(kind);
    for (String field : List.of("number", "project_number", "title", "name")) {
      String value = Fields.text(record, field);
      if (value != null) {
        words.append(' ').append(value);
      }
    }
    return words.append(" (id ").append(id).append(')').toString();
  }

  private JsonNode commitment(ReadRequisition requisition, long id) {
    if (requisition.commitmentKind() == null) {
      return Json.object();
    }
    return directory.commitment(
        requisition.commitmentKind(), requisition.invoice().projectId(), id);
  }

  private String learn(String itemType, long id, JsonNode record) {
    String link = Fields.text(record, "origin_id");
    if (link != null) {
      known.learned(itemType, id, link);
    }
    return link;
  }

  private static void note(Map<String, Missing> missing, Missing found) {
    missing.putIfAbsent(found.key(), found);
  }

  /**
   * The lines of one invoice; the commitment's lines are read once, and only if something is
   * missing.
   */
  private final class Lines {

    private final ReadRequisition requisition;
    private final Map<Long, String> costCodes = new HashMap<>();
    private Map<Long, JsonNode> commitmentLines;

    Lines(ReadRequisition requisition) {
      this.requisition = requisition;
    }

    InvoiceLine complete(InvoiceLine line, Map<String, Missing> missing) {
      LineIds ids =
          requisition.lineIds().getOrDefault(line.procoreItemId(), new LineIds(null, null));
      String code = line.costCodeOriginId();
      if (code == null && ids.costCodeId() != null) {
        code = costCodes.computeIfAbsent(ids.costCodeId(), id -> costCode(ids));
        if (code == null) {
          note(missing, new Missing(COST_CODE, ids.costCodeId(), "cost code " + line.costCode()));
        }
      }
      String type = line.costTypeOriginId();
      if (type == null) {
        type = costType(line, ids, missing);
      }
      String commitmentLine = line.commitmentLineOriginId();
      if (commitmentLine == null && ids.commitmentLineId() != null) {
        // A commitment need not be in the ERP line by line: its absence is nothing to wait for.
        commitmentLine = known.originId(LINE, ids.commitmentLineId()).orElse(null);
      }
      return with(line, code, type, commitmentLine);
    }

    private String costCode(LineIds ids) {
      long id = ids.costCodeId();
      return known
          .originId(COST_CODE, id)
          .orElseGet(
              () -> {
                JsonNode ofLine = commitmentLine(ids.commitmentLineId()).path(COST_CODE);
                boolean same = ofLine.path("id").asLong() == id;
                return learn(
                    COST_CODE,
                    id,
                    same ? ofLine : directory.costCode(requisition.invoice().projectId(), id));
              });
    }

    /**
     * The event names a cost type only by its link; which type it is stands on the commitment's
     * line.
     */
    private String costType(InvoiceLine line, LineIds ids, Map<String, Missing> missing) {
      JsonNode type = commitmentLine(ids.commitmentLineId()).path(COST_TYPE);
      Long id = Fields.idOrNull(type, "id", "cost type");
      if (id == null) {
        return null;
      }
      String link = known.originId(COST_TYPE, id).orElseGet(() -> learn(COST_TYPE, id, type));
      if (link == null) {
        String code = Fields.text(type, "code");
        note(
            missing,
            new Missing(
                COST_TYPE,
                id,
                "cost type " + (code == null ? id : code) + " of " + line.costCode()));
      }
      return link;
    }

    private JsonNode commitmentLine(Long id) {
      if (id == null || requisition.commitmentKind() == null) {
        return Json.object();
      }
      if (commitmentLines == null) {
        commitmentLines = new HashMap<>();
        SubcontractorInvoice invoice = requisition.invoice();
        directory
            .commitmentLines(
                requisition.commitmentKind(), invoice.projectId(), invoice.commitmentId())
            .forEach(read -> commitmentLines.put(Fields.id(read, "id", "commitment line"), read));
      }
      return commitmentLines.getOrDefault(id, Json.object());
    }
  }

  private static InvoiceLine with(
      InvoiceLine line, String costCode, String costType, String commitmentLine) {
    return new InvoiceLine(
        line.procoreItemId(),
        line.kind(),
        line.description(),
        line.costCode(),
        costCode,
        costType,
        commitmentLine,
        line.changeOrderLineOriginId(),
        line.taxCodeOriginId(),
        line.method(),
        line.quantity(),
        line.unitPrice(),
        line.unitOfMeasure(),
        line.workThisPeriod(),
        line.storedMaterialThisPeriod(),
        line.retainedWork(),
        line.retainedMaterial(),
        line.releasedWork(),
        line.releasedMaterial(),
        line.retainageHeldBefore());
  }

  private static SubcontractorInvoice with(
      SubcontractorInvoice invoice,
      String project,
      String commitment,
      String vendor,
      List<InvoiceLine> lines) {
    return new SubcontractorInvoice(
        invoice.procoreId(),
        invoice.projectId(),
        invoice.commitmentId(),
        invoice.vendorId(),
        project,
        commitment,
        vendor,
        invoice.invoiceNumber(),
        invoice.status(),
        invoice.billingDate(),
        invoice.periodStart(),
        invoice.periodEnd(),
        invoice.dueDate(),
        invoice.currency(),
        invoice.method(),
        lines,
        invoice.netInProcore(),
        invoice.taxInProcore());
  }
}
