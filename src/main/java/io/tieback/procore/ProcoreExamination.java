package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code doctor} looks at in Procore: sign-in, installation, rights, projects, webhook
 * (GEN-API-01, GEN-API-04). Reads only.
 */
public final class ProcoreExamination {

  /** Company tools of which the service account has to be Admin. */
  private static final Set<String> ADMIN_OF = Set.of("erp integrations", "admin", "directory");

  private final ProcoreClient client;

  /**
   * @param client the company's client
   */
  public ProcoreExamination(ProcoreClient client) {
    this.client = client;
  }

  /**
   * Something that was looked at.
   *
   * @param good whether it is as it has to be
   * @param subject what was looked at
   * @param words what was found
   * @param remedy what to do; blank when it is good
   */
  public record Observation(boolean good, String subject, String words, String remedy) {}

  /** Looks at everything; goes on after what is wrong, but stops when the sign-in does not work. */
  public List<Observation> examine() {
    List<Observation> found = new ArrayList<>();
    try {
      JsonNode me = client.directory().me();
      found.add(
          new Observation(
              true,
              "Procore sign-in",
              "signed in as " + me.path("login").asText(me.path("name").asText()),
              ""));
    } catch (Failure failure) {
      found.add(new Observation(false, "Procore sign-in", failure.getMessage(), failure.remedy()));
      return found;
    }
    look(found, "Procore company", this::company);
    look(found, "Procore rights", this::rights);
    look(found, "Procore projects", this::projects);
    look(found, "Procore webhook", this::webhook);
    return found;
  }

  private interface Look {
    List<Observation> look(String subject);
  }

  private static void look(List<Observation> found, String subject, Look look) {
    try {
      found.addAll(look.look(subject));
    } catch (Failure failure) {
      found.add(new Observation(false, subject, failure.getMessage(), failure.remedy()));
    }
  }

  private List<Observation> company(String subject) {
    long company = client.connection().companyId();
    boolean installed =
        client.directory().companies().stream().anyMatch(row -> row.path("id").asLong() == company);
    return List.of(
        installed
            ? new Observation(true, subject, "the app is installed in company " + company, "")
            : new Observation(
                false,
                subject,
                "the app is not installed in company " + company,
                "Install it in Procore (App Management), or correct the connection's procore.company-id."));
  }

  private List<Observation> rights(String subject) {
    Map<String, String> levels = levels(client.directory().companyPermissions().path("tools"));
    List<Observation> found = new ArrayList<>();
    for (String tool : ADMIN_OF.stream().sorted().toList()) {
      String level = Optional.ofNullable(levels.get(tool)).orElse("None");
      boolean admin = level.toLowerCase(Locale.ROOT).startsWith("admin");
      found.add(
          new Observation(
              admin,
              subject,
              "access to the tool " + tool + " is " + level,
              admin
                  ? ""
                  : "Make Tieback's service account Admin of the company tool " + tool + "."));
    }
    return found;
  }

  private static Map<String, String> levels(JsonNode tools) {
    Map<String, String> levels = new java.util.HashMap<>();
    for (JsonNode tool : tools) {
      String level = tool.path("user_access_level").path("name").asText("None");
      for (String field : List.of("name", "friendly_name")) {
        String name = Fields.text(tool, field);
        if (name != null) {
          levels.putIfAbsent(name.toLowerCase(Locale.ROOT).replace('_', ' '), level);
        }
      }
    }
    return levels;
  }

  private List<Observation> projects(String subject) {
    Set<Long> seen =
        client.directory().projects().stream()
            .map(project -> Fields.id(project, "id", "project"))
            .collect(Collectors.toSet());
    if (seen.isEmpty()) {
      return List.of(
          new Observation(
              false,
              subject,
              "the service account sees no project",
              "Add projects to its permitted projects in Procore (App Management)."));
    }
    List<Long> hidden =
        client.connection().projects().stream().filter(id -> !seen.contains(id)).sorted().toList();
    return List.of(
        hidden.isEmpty()
            ? new Observation(
                true, subject, "the service account sees " + seen.size() + " projects", "")
            : new Observation(
                false,
                subject,
                "the service account does not see the configured projects " + hidden,
                "Add them to its permitted projects in Procore, or correct the connection's procore.projects."));
  }

  private List<Observation> webhook(String subject) {
    boolean there = client.hooks().find().isPresent();
    return List.of(
        there
            ? new Observation(
                true,
                subject,
                "the webhook of namespace " + client.connection().namespace() + " is set up",
                "")
            : new Observation(
                false,
                subject,
                "there is no webhook of namespace " + client.connection().namespace(),
                "Start the connector with procore.webhook-destination set: it makes the webhook. Until then invoices arrive only by hand."));
  }
}
