package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.waiting;
import static io.tieback.rules.InvoiceCheck.warn;

import io.tieback.rules.ProjectContext.Here;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Whether a project can go to the ERP. Pure; all findings at once. */
public final class ProjectChecks {

  private static final int NAMED = 10;
  private static final String AGAIN = ", then send the project again";

  private ProjectChecks() {}

  /** Every rule. */
  public static List<Finding> check(ProjectContext context) {
    List<Finding> findings = new ArrayList<>();
    active(context, findings::add);
    list(context, findings::add);
    codes(context, findings::add);
    subJobs(context, findings::add);
    name(context, findings::add);
    place(context, findings::add);
    if (context.placeProblem() == null) {
      existing(context, findings::add);
      made(context, findings::add);
      room(context, findings::add);
    }
    settled(context, findings::add);
    return findings;
  }

  /** GEN-PRJ-06. */
  static void active(ProjectContext context, Consumer<Finding> findings) {
    if (!context.active()) {
      findings.accept(
          refuse(
              "GEN-PRJ-06",
              "Project status",
              "inactive",
              "only active projects are sent",
              "Set the project Active in Procore" + AGAIN));
    }
  }

  /** GEN-WBS-01, XR-PRJ-02. */
  static void list(ProjectContext context, Consumer<Finding> findings) {
    if (!context.ownList()) {
      findings.accept(
          refuse(
              "GEN-WBS-01",
              "Standard cost code list",
              "another list",
              "a project that goes to "
                  + context.erpName()
                  + " uses the ERP's standard cost code list",
              "Choose the ERP's list in the project's settings in Procore, copy its codes"
                  + AGAIN));
    }
  }

  /** GEN-WBS-04, GEN-WBS-03, XR-WBS-05. */
  static void codes(ProjectContext context, Consumer<Finding> findings) {
    if (context.typedCodes() == 0) {
      findings.accept(
          refuse(
              "GEN-WBS-04",
              "Cost codes",
              "none with a cost type",
              "a project needs at least one cost code with a cost type",
              "Add cost codes with cost types to the project in Procore" + AGAIN));
    }
    if (!context.untyped().isEmpty()) {
      findings.accept(
          warn(
              "GEN-WBS-03",
              "Cost codes",
              named(context.untyped()) + " without a cost type",
              "a cost code needs at least one, and is left out without",
              "Assign cost types to them in Procore, or let them be if nothing is booked to them"));
    }
    if (!context.deepCodes().isEmpty()) {
      findings.accept(
          warn(
              "XR-WBS-05",
              "Cost codes",
              named(context.deepCodes()) + " of more than two tiers",
              "codes of one or two tiers are recommended",
              "Nothing to do, unless codes become too long"));
    }
  }

  /** XR-PRJ-03. */
  static void subJobs(ProjectContext context, Consumer<Finding> findings) {
    if (!context.ofSubJobs().isEmpty()) {
      findings.accept(
          refuse(
              "XR-PRJ-03",
              "Sub jobs",
              "cost codes of sub jobs: " + named(context.ofSubJobs()),
              context.erpName() + " knows a project without sub jobs",
              "Move these cost codes from the sub job to the project in Procore" + AGAIN));
    }
  }

  /** XR-PRJ-09, GEN-PRJ-07: only the name is mapped, and it is never cut. */
  static void name(ProjectContext context, Consumer<Finding> findings) {
    if (context.name() == null || context.name().isEmpty()) {
      findings.accept(
          refuse(
              "XR-PRJ-09",
              "Project name",
              "empty",
              "it is what " + context.erpName() + " knows the project by",
              "Give the project a name in Procore" + AGAIN));
    } else if (context.name().length() > context.longestName()) {
      findings.accept(
          refuse(
              "GEN-PRJ-07",
              "Project name",
              context.name().length() + " characters",
              "at most " + context.longestName() + " in " + context.erpName(),
              "Shorten the project's name in Procore" + AGAIN));
    }
  }

  /** XR-PRJ-01: there has to be a place for projects. */
  static void place(ProjectContext context, Consumer<Finding> findings) {
    if (context.placeProblem() != null) {
      findings.accept(
          refuse(
              "XR-PRJ-01",
              "Place of projects in " + context.erpName(),
              context.placeProblem(),
              "projects are kept in " + context.place(),
              context.placeRemedy()));
    }
  }

  /** GEN-PRJ-01, XR-PRJ-04, TB-PRJ-02, TB-PRJ-03: what the ERP has already. */
  static void existing(ProjectContext context, Consumer<Finding> findings) {
    String what = context.place() + " in " + context.erpName();
    if (context.here() == Here.ARCHIVED) {
      findings.accept(
          refuse(
              "TB-PRJ-02",
              "Project '" + context.name() + "'",
              "archived in " + what,
              "an archived one cannot stand on new documents",
              "Restore it in " + context.erpName() + ", or give the project another name" + AGAIN));
    } else if (context.here() == Here.SEVERAL) {
      findings.accept(
          refuse(
              "TB-PRJ-03",
              "Project '" + context.name() + "'",
              "several active ones of this name in " + what,
              "only a person can tell which of them is meant",
              "Rename all but one of them in " + context.erpName() + AGAIN));
    } else if (context.here() == Here.ANOTHERS) {
      findings.accept(
          refuse(
              "TB-PRJ-03",
              "Project '" + context.name() + "'",
              "linked to another project of Procore in " + what,
              "names are unique there, without regard to case and blanks",
              "Give one of the two projects another name in Procore" + AGAIN));
    } else if (context.linkedTo() != null && context.here() == Here.NOTHING) {
      findings.accept(
          refuse(
              "TB-PRJ-02",
              "Project '" + context.name() + "'",
              "its counterpart " + context.linkedTo() + " is no longer in " + what,
              "what a project is linked to has to be there",
              "Have the project reset in Procore (reset_job)" + AGAIN));
    } else if (context.linkedTo() == null
        && context.here() == Here.ACTIVE
        && !context.linksExisting()) {
      findings.accept(
          refuse(
              "GEN-PRJ-01",
              "Project '" + context.name() + "'",
              "there already in " + what,
              "projects that were under way before are not linked by the setting projects.existing",
              "Set projects.existing to link, or give the project another name" + AGAIN));
    }
  }

  /** QBO-PRJ-01: where projects come from the ERP only, it has to be there. */
  static void made(ProjectContext context, Consumer<Finding> findings) {
    if (!context.makes() && context.linkedTo() == null && context.here() == Here.NOTHING) {
      findings.accept(
          refuse(
              "QBO-PRJ-01",
              "Project '" + context.name() + "'",
              "not in " + context.place() + " in " + context.erpName(),
              "projects are made in " + context.erpName() + " and linked by their name",
              "Make the project in " + context.erpName() + " under the same name" + AGAIN));
    }
  }

  /** TB-PRJ-01: the limit of active projects, met before it is reached. */
  static void room(ProjectContext context, Consumer<Finding> findings) {
    if (context.here() != Here.NOTHING || context.linkedTo() != null) {
      return;
    }
    String held = context.held() + " active projects in " + context.place();
    String archive =
        "Archive what is finished: set it Inactive in Procore, then './tieback projects archive';"
            + " or archive its tracking option in "
            + context.erpName();
    if (context.held() >= context.most()) {
      findings.accept(
          refuse("TB-PRJ-01", "Projects", held, "at most " + context.most(), archive + AGAIN));
    } else if ((context.held() + 1) * 10 >= context.most() * 9L) {
      findings.accept(warn("TB-PRJ-01", "Projects", held, "at most " + context.most(), archive));
    }
  }

  /** GEN-API-32: a project is linked together with its codes, so these go first. */
  static void settled(ProjectContext context, Consumer<Finding> findings) {
    if (!context.pending().isEmpty()) {
      findings.accept(
          waiting(
              "GEN-API-32",
              "Cost codes",
              named(context.pending()) + " under way to " + context.erpName(),
              "the project is linked together with its cost codes",
              "Nothing to do"));
    } else if (context.typedCodes() > 0 && context.there() == 0) {
      findings.accept(
          refuse(
              "GEN-API-32",
              "Cost codes",
              "none of " + named(context.failed()) + " went to " + context.erpName(),
              "a project without a cost code is not linked",
              "See what is said of each code, correct it" + AGAIN));
    }
  }

  private static String named(List<String> codes) {
    return String.join(", ", codes.subList(0, Math.min(NAMED, codes.size())))
        + (codes.size() > NAMED ? " and " + (codes.size() - NAMED) + " more" : "");
  }
}
