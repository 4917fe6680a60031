package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the project of an exported requisition. The event names the project only by its External
 * Data, and reading a requisition needs the project's id. What was found is remembered, as a saving
 * only: a project does not change its id.
 */
public final class ProjectFinder {

  private final ProcoreClient client;
  private final Map<String, Long> byOrigin = new ConcurrentHashMap<>();

  /**
   * @param client the company's client
   */
  public ProjectFinder(ProcoreClient client) {
    this.client = client;
  }

  /**
   * The id of the project.
   *
   * @throws Failure REFUSED when no permitted project has this requisition
   */
  public long projectOf(RequisitionExport export) {
    String origin = export.jobOriginId();
    if (origin != null) {
      Long seen = byOrigin.get(origin);
      if (seen != null) {
        return seen;
      }
      Optional<JsonNode> found = client.directory().projectByOrigin(origin);
      if (found.isPresent()) {
        long id = Fields.id(found.get(), "id", "project");
        byOrigin.put(origin, id);
        return id;
      }
    }
    return search(export);
  }

  /**
   * The project was not in the ERP when the event was made, or its key changed since: each
   * permitted project is asked.
   */
  private long search(RequisitionExport export) {
    for (JsonNode project : client.directory().projects()) {
      long id = Fields.id(project, "id", "project");
      if (client.connection().worksOn(id)
          && client.projectHasRequisition(id, export.requisitionId())) {
        return id;
      }
    }
    throw Failure.of(
        FailureKind.REFUSED,
        "requisition "
            + export.requisitionId()
            + " of commitment "
            + export.contractId()
            + " is in no project that Tieback may see",
        "Add its project to the permitted projects of Tieback's service account in Procore, then"
            + " replay.");
  }
}
