package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The event in an ERP request.
 *
 * @param requestId id of the request
 * @param companyId the Procore company it is of
 * @param requestName Procore's {@code request_name} as it came; blank when it had none
 * @param kind what the dictionary says about it; empty when the name is unknown: it is then logged
 *     and left, never failed (Procore reference section 6)
 * @param data {@code request_data}
 * @param sharedDetailId the request detail that is for the whole request, or null
 * @param detailIds all request details that the event names, wherever they stand, in the order
 *     found
 */
public record ErpEvent(
    long requestId,
    long companyId,
    String requestName,
    Optional<ErpEventKind> kind,
    JsonNode data,
    Long sharedDetailId,
    List<Long> detailIds) {

  private static final String DETAIL = "request_detail_id";
  private static final String REQUEST = "ERP request";

  public ErpEvent {
    detailIds = List.copyOf(detailIds);
  }

  /** Reads what {@link ProcoreClient#erpRequest} gave. */
  public static ErpEvent of(JsonNode request) {
    String name = Fields.text(request, "request_name");
    JsonNode data = request.path("request_data");
    Set<Long> details = new LinkedHashSet<>();
    // It really stands in all these places, depending on the event: beside the data, in it, or in
    // each element of a list.
    Long shared = data.isObject() ? Fields.idOrNull(data, DETAIL, REQUEST) : null;
    if (shared == null) {
      shared = Fields.idOrNull(request, DETAIL, REQUEST);
    }
    if (shared != null) {
      details.add(shared);
    }
    elements(data)
        .forEach(
            element -> {
              Long id = Fields.idOrNull(element, DETAIL, REQUEST);
              if (id != null) {
                details.add(id);
              }
            });
    return new ErpEvent(
        Fields.id(request, "id", REQUEST),
        Fields.id(request, "company_id", REQUEST),
        name == null ? "" : name,
        ErpEventKind.of(name),
        data,
        shared,
        new ArrayList<>(details));
  }

  /** Elements of the data when it is a list, else of every list directly in it. */
  private static List<JsonNode> elements(JsonNode data) {
    List<JsonNode> elements = new ArrayList<>();
    if (data.isArray()) {
      data.forEach(elements::add);
    } else {
      data.forEach(
          value -> {
            if (value.isArray()) {
              value.forEach(elements::add);
            }
          });
    }
    return elements;
  }

  /** Whether this is the event of that name, aliases included. */
  public boolean is(String name) {
    return kind.map(ErpEventKind::name).filter(name::equals).isPresent();
  }

  /**
   * The request detail of one element: its own, else the shared one; null when the event names none
   * for it.
   */
  public Long detailOf(JsonNode element) {
    Long own = Fields.idOrNull(element, DETAIL, REQUEST);
    return own == null ? sharedDetailId : own;
  }

  /**
   * Ids of the records that the event is about, to find request details that it does not name;
   * empty when it is about none.
   */
  public List<Long> recordIds() {
    List<Long> ids = new ArrayList<>();
    kind.map(ErpEventKind::record)
        .filter(path -> !path.isBlank())
        .ifPresent(path -> collect(data, path, ids));
    return ids;
  }

  private static void collect(JsonNode node, String path, List<Long> ids) {
    int dot = path.indexOf('.');
    String step = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    if (step.endsWith("[]")) {
      String name = step.substring(0, step.length() - 2);
      JsonNode list = name.isEmpty() ? node : node.path(name);
      list.forEach(element -> collect(element, rest, ids));
    } else if (rest.isEmpty()) {
      Long id = Fields.idOrNull(node, step, REQUEST);
      if (id != null) {
        ids.add(id);
      }
    } else {
      collect(node.path(step), rest, ids);
    }
  }

  /** The invoices of a {@code create_requisitions} event, each to become a work item of its own. */
  public List<RequisitionExport> requisitions() {
    List<RequisitionExport> exports = new ArrayList<>();
    JsonNode list =
        is(ErpEventKind.CREATE_REQUISITIONS)
            ? data.path("requisitions")
            : MissingNode.getInstance();
    list.forEach(element -> exports.add(RequisitionExport.of(element, detailOf(element))));
    return exports;
  }
}
