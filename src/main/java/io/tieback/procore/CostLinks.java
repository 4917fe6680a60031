package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.CostProject;
import io.tieback.construction.OriginId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What the ERP's projects, items and suppliers are in Procore, read from the External Data of
 * projects, cost codes, cost types and companies. Takes one call for the projects, one for the cost
 * types and one for each linked project.
 */
public final class CostLinks {

  private final ProcoreClient client;
  private final String erp;
  private final BinaryOperator<String> itemCode;

  /**
   * @param client the company's client
   * @param erp short name of the ERP in origin ids
   * @param itemCode the item code of a cost code and a cost type, by the ERP's keys of them
   */
  public CostLinks(ProcoreClient client, String erp, BinaryOperator<String> itemCode) {
    this.client = client;
    this.erp = erp;
    this.itemCode = itemCode;
  }

  /**
   * The projects among these that are linked, that the service account sees and that the connection
   * works on.
   *
   * @param projectKeys the ERP's keys
   * @return by the ERP's key
   */
  public Map<String, CostProject> projects(Set<String> projectKeys) {
    Map<String, CostProject> found = new HashMap<>();
    if (projectKeys.isEmpty()) {
      return found;
    }
    Map<String, Long> types = null;
    for (JsonNode project : client.directory().projects()) {
      Optional<String> key = key(project);
      long id = Fields.id(project, "id", "project");
      if (key.filter(projectKeys::contains).isPresent() && client.connection().worksOn(id)) {
        types = types == null ? ids(client.directory().costTypes(id), "cost type") : types;
        found.put(key.get(), project(key.get(), id, types));
      }
    }
    return found;
  }

  private CostProject project(String key, long id, Map<String, Long> types) {
    Map<String, CostProject.Budget> items = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    ids(client.directory().costCodes(id), "cost code")
        .forEach(
            (code, codeId) ->
                types.forEach(
                    (type, typeId) -> {
                      // A cost code exists per project, so its key is <project key>|<code>.
                      String item = itemCode.apply(code.substring(code.indexOf('|') + 1), type);
                      if (items.put(item, new CostProject.Budget(codeId, typeId)) != null) {
                        ambiguous.add(item);
                      }
                    }));
    return new CostProject(key, id, items, ambiguous);
  }

  /** Procore's companies by the ERP's keys of the suppliers. */
  public Map<String, Long> vendors() {
    return ids(client.directory().vendors(), "company");
  }

  private Map<String, Long> ids(List<JsonNode> records, String of) {
    Map<String, Long> ids = new HashMap<>();
    for (JsonNode record : records) {
      key(record).ifPresent(key -> ids.put(key, Fields.id(record, "id", of)));
    }
    return ids;
  }

  /** The ERP's key of a record that is linked by this connection. */
  private Optional<String> key(JsonNode record) {
    String origin = Fields.text(record, "origin_id");
    if (origin == null) {
      return Optional.empty();
    }
    ConnectionId connection = client.connection().connection();
    try {
      OriginId read = OriginId.parse(origin);
      return read.erp().equals(erp) && read.connection().equals(connection)
          ? Optional.of(read.key())
          : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
