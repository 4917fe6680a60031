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
 * (GEN-API-01, GEN-API-04), and what payments need (GEN-PAY-02). Reads only.
 */
public final class ProcoreExamination {

  /** Company tools of which the service account has to be Admin. */
  private static final String ERP_TAB = "erp integrations";

  private static final Set<String> ADMIN_OF = Set.of(ERP_TAB, "admin", "directory");

  /** Projects whose tools are looked at, one call each; how many were not is said. */
  private static final int PROJECTS_LOOKED_AT = 25;

  private final ProcoreClient client;
  private final boolean erpTab;

  /**
   * @param client the company's client
   */
  public ProcoreExamination(ProcoreClient client) {
    this(client, true);
  }

  /**
   * @param erpTab whether the connection works through Procore's ERP tab
   */
  public ProcoreExamination(ProcoreClient client, boolean erpTab) {
    this.client = client;
    this.erpTab = erpTab;
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
    look(found, "Procore payments", this::payments);
    if (erpTab) {
      look(found, "Procore webhook", this::webhook);
    }
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
                "Install it in Procore (App Management), or correct the connection's"
                    + " procore.company-id."));
  }

  private List<Observation> rights(String subject) {
    Map<String, String> levels = levels(client.directory().companyPermissions().path("tools"));
    List<Observation> found = new ArrayList<>();
    for (String tool : ADMIN_OF.stream().sorted().toList()) {
      if (!erpTab && tool.equals(ERP_TAB)) {
        continue;
      }
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
                "Add them to its permitted projects in Procore, or correct the connection's"
                    + " procore.projects."));
  }

  /**
   * GEN-PAY-02: the tool configured for the ERP is among the rights; the Commitments tool can be
   * read for each project; the other two are not in Procore's API and are named for a person.
   */
  private List<Observation> payments(String subject) {
    List<Long> all =
        client.directory().projects().stream()
            .map(project -> Fields.id(project, "id", "project"))
            .filter(client.connection()::worksOn)
            .sorted()
            .toList();
    List<Long> looked = all.subList(0, Math.min(all.size(), PROJECTS_LOOKED_AT));
    List<Long> without =
        looked.stream()
            .filter(
                id ->
                    levels(client.directory().projectPermissions(id).path("tools"))
                        .getOrDefault("commitments", "None")
                        .equals("None"))
            .toList();
    String scope = looked.size() + " of " + all.size() + " projects looked at";
    Observation commitments =
        without.isEmpty()
            ? new Observation(
                true, subject, "the Commitments tool is active (" + scope + "; GEN-PAY-02)", "")
            : new Observation(
                false,
                subject,
                "no access to an active Commitments tool in projects "
                    + without
                    + " ("
                    + scope
                    + "; GEN-PAY-02)",
                "Activate the Commitments tool in these projects and permit the service account"
                    + " there.");
    Observation byHand =
        new Observation(
            true,
            subject,
            "to be seen in Procore only: Export Subcontractor Invoices is on, and the Payments"
                + " Issued tab is enabled (GEN-PAY-02)",
            "");
    return List.of(commitments, byHand);
  }

  private List<Observation> webhook(String subject) {
    if (client.hooks().find().isPresent()) {
      return List.of(
          new Observation(
              true,
              subject,
              "the webhook of namespace " + client.connection().namespace() + " is set up",
              ""));
    }
    boolean comes = client.connection().webhookDestination() != null;
    return List.of(
        comes
            ? new Observation(true, subject, "none yet; made at the next start", "")
            : new Observation(
                false,
                subject,
                "there is no webhook of namespace " + client.connection().namespace(),
                "Set procore.webhook-destination: the connector makes the webhook at its start."
                    + " Until then invoices arrive only by hand."));
  }
}
