package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The project of a {@code create_or_update_job} event with its cost codes (Procore reference
 * section 7).
 *
 * @param projectId Procore's id of the project
 * @param name its name
 * @param originId its External Data, or null while it has none
 * @param active whether it is active; true where the event does not say
 * @param codes its own cost codes that have cost types
 * @param untyped full codes of its own cost codes that should have cost types and have none
 *     (GEN-WBS-03)
 * @param divisions full codes that only group others; they have no cost types and need none
 * @param ofSubJobs full codes that belong to a sub job, each with the sub job's name (XR-PRJ-03)
 * @param detailId the request detail, or null when the event names none
 */
public record JobExport(
    long projectId,
    String name,
    String originId,
    boolean active,
    List<Code> codes,
    List<String> untyped,
    List<String> divisions,
    List<String> ofSubJobs,
    Long detailId) {

  private static final String OF = "project";
  private static final String CODE = "cost code";

  public JobExport {
    codes = List.copyOf(codes);
    untyped = List.copyOf(untyped);
    divisions = List.copyOf(divisions);
    ofSubJobs = List.copyOf(ofSubJobs);
  }

  /**
   * A cost code of the project.
   *
   * @param id Procore's id
   * @param fullCode the path, such as {@code 03-300}
   * @param name its name
   * @param types its cost types, at least one
   */
  public record Code(long id, String fullCode, String name, List<Type> types) {
    public Code {
      types = List.copyOf(types);
    }
  }

  /**
   * A cost type.
   *
   * @param id Procore's id
   * @param code its code
   * @param name its name
   */
  public record Type(long id, String code, String name) {}

  /** The same with codes that begin with a project's number (QBO-WBS-01). */
  public JobExport withCodesOf(String projectNumber) {
    return new JobExport(
        projectId,
        name,
        originId,
        active,
        codes.stream()
            .map(
                code ->
                    new Code(
                        code.id(),
                        projectNumber + "-" + code.fullCode(),
                        code.name(),
                        code.types()))
            .toList(),
        untyped,
        divisions,
        ofSubJobs,
        detailId);
  }

  /**
   * Reads an event.
   *
   * @throws io.tieback.wire.Failure REFUSED when a field that is needed is missing
   */
  public static JobExport of(ErpEvent event) {
    JsonNode job = event.data().path("job");
    JsonNode all = event.data().path("all_cost_codes");
    Set<Long> parents = new HashSet<>();
    for (JsonNode code : all) {
      Long parent = Fields.idOrNull(code.path("parent"), "id", CODE);
      if (parent != null) {
        parents.add(parent);
      }
    }
    List<Code> codes = new ArrayList<>();
    List<String> untyped = new ArrayList<>();
    List<String> divisions = new ArrayList<>();
    List<String> ofSubJobs = new ArrayList<>();
    for (JsonNode code : all) {
      if (Fields.text(code, "deleted_at") != null) {
        continue;
      }
      long id = Fields.id(code, "id", CODE);
      String full = fullCode(code);
      List<Type> types = types(code);
      if ("SubJob".equals(Fields.text(code, "biller_type"))) {
        ofSubJobs.add(full + " of " + code.path("biller").asText("a sub job"));
      } else if (!types.isEmpty()) {
        String name = Fields.text(code, "name");
        codes.add(new Code(id, full, name == null ? full : name, types));
      } else {
        (parents.contains(id) ? divisions : untyped).add(full);
      }
    }
    return new JobExport(
        Fields.id(job, "id", OF),
        Fields.text(job, "name"),
        Fields.text(job, "origin_id"),
        job.path("active").asBoolean(true),
        codes,
        untyped,
        divisions,
        ofSubJobs,
        event.sharedDetailId());
  }

  private static String fullCode(JsonNode code) {
    String full = Fields.text(code, "full_code");
    String leaf = Fields.text(code, "code");
    return full != null ? full : leaf != null ? leaf : "cost code " + code.path("id").asText();
  }

  private static List<Type> types(JsonNode code) {
    List<Type> types = new ArrayList<>();
    for (JsonNode type : code.path("line_item_types")) {
      String typeCode = Fields.text(type, "code");
      String name = Fields.text(type, "name");
      if (typeCode != null) {
        types.add(
            new Type(Fields.id(type, "id", "cost type"), typeCode, name == null ? typeCode : name));
      }
    }
    return types;
  }
}
