package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Names;
import io.tieback.erp.ErpProjects;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tracking category whose options are the projects (Xero reference section 6): the one that is
 * set by its id, else the active one of the name that is set.
 */
final class XeroTracking {

  static final String PATH = "/TrackingCategories";
  private static final int LONGEST_NAME = 100;
  private static final int MOST_ACTIVE = 2;
  private static final int MOST_IN_ALL = 4;

  private final XeroConnection connection;
  private final XeroCalls calls;

  /** Found by its name once; it does not change its id. */
  private volatile String found;

  XeroTracking(XeroConnection connection, XeroCalls calls) {
    this.connection = connection;
    this.calls = calls;
  }

  /**
   * The category as it is now.
   *
   * @param id its id; null when there is none yet, and one can be made
   * @param name its name
   * @param problem why projects cannot be kept in it, or null
   * @param remedy what to do about the problem
   * @param options its options
   */
  record Category(String id, String name, String problem, String remedy, List<ErpProject> options) {

    private static Category unusable(String name, String problem, String remedy) {
      return new Category(null, name, problem, remedy, List.of());
    }
  }

  /**
   * The connection with its category, if it is known by now; asks Xero at most until it is found.
   */
  XeroConnection connection() {
    if (connection.bills().trackingCategoryId() != null) {
      return connection;
    }
    if (found == null) {
      category();
    }
    return found == null ? connection : connection.withCategory(found);
  }

  /** Reads it: one call. */
  Category category() {
    List<JsonNode> active = new ArrayList<>();
    JsonNode wanted = null;
    int all = 0;
    for (JsonNode category :
        calls
            .get(PATH, Map.of("includeArchived", "true"), "reading tracking categories")
            .path("TrackingCategories")) {
      all++;
      if (isActive(category)) {
        active.add(category);
      }
      wanted = isWanted(category) && (wanted == null || isActive(category)) ? category : wanted;
    }
    String id = connection.bills().trackingCategoryId();
    String name = id == null ? connection.catalogue().categoryName() : id;
    if (wanted == null && id == null && active.size() < MOST_ACTIVE && all < MOST_IN_ALL) {
      return new Category(null, name, null, "", List.of());
    }
    String choices = choices(active);
    if (wanted == null) {
      return Category.unusable(
          name,
          id == null
              ? "Xero has no tracking category "
                  + name
                  + " and no place for another one: it takes "
                  + MOST_ACTIVE
                  + " active ones and "
                  + MOST_IN_ALL
                  + " in all"
              : "tracking category " + id + " does not exist in Xero",
          choices);
    }
    if (!isActive(wanted)) {
      return Category.unusable(
          name,
          "tracking category " + XeroJson.text(wanted, "Name") + " is archived in Xero",
          "Restore it in Xero. " + choices);
    }
    String key = XeroJson.id(wanted, "TrackingCategoryID");
    found = key;
    return new Category(key, XeroJson.text(wanted, "Name"), null, "", options(wanted));
  }

  private boolean isWanted(JsonNode category) {
    String id = connection.bills().trackingCategoryId();
    return id != null
        ? id.equalsIgnoreCase(XeroJson.id(category, "TrackingCategoryID"))
        : Names.folded(connection.catalogue().categoryName())
            .equals(Names.folded(XeroJson.text(category, "Name")));
  }

  private static boolean isActive(JsonNode one) {
    return "ACTIVE".equals(XeroJson.text(one, "Status"));
  }

  private static String choices(List<JsonNode> active) {
    List<String> names =
        active.stream()
            .map(
                category ->
                    XeroJson.text(category, "Name")
                        + " ("
                        + XeroJson.id(category, "TrackingCategoryID")
                        + ")")
            .toList();
    return names.isEmpty()
        ? "Make one in Xero and set xero.tracking-category-id to it."
        : "Set xero.tracking-category-id to the one that is to hold projects: "
            + String.join(", ", names)
            + "; or archive one that is not used any more.";
  }

  private static List<ErpProject> options(JsonNode category) {
    List<ErpProject> options = new ArrayList<>();
    for (JsonNode option : category.path("Options")) {
      String key = XeroJson.id(option, "TrackingOptionID");
      if (key != null && !"DELETED".equals(XeroJson.text(option, "Status"))) {
        options.add(new ErpProject(key, XeroJson.text(option, "Name"), isActive(option)));
      }
    }
    return options;
  }

  /** What the port says of it: one call. */
  ErpProjects projects() {
    Category category = category();
    return new ErpProjects(
        "tracking category " + category.name(),
        category.problem(),
        category.remedy(),
        connection.catalogue().mostOptions(),
        LONGEST_NAME,
        category.options());
  }

  /**
   * Makes the category and gives its id. Its name is unique in Xero, so that it cannot come twice.
   *
   * @throws Failure as Xero answers
   */
  String make(String name) {
    JsonNode answer =
        calls.writeHarmless(
            "PUT",
            PATH,
            Json.bytes(Json.object().put("Name", name)),
            "making tracking category " + name);
    found = XeroJson.id(answer.path("TrackingCategories").path(0), "TrackingCategoryID");
    return found;
  }

  /** Archives an option: it stays on what was written and cannot be set on new documents. */
  void archive(String option) {
    calls.writeHarmless(
        "POST",
        PATH + "/" + category().id() + "/Options/" + option,
        Json.bytes(Json.object().put("Status", "ARCHIVED")),
        "archiving tracking option " + option);
  }
}
