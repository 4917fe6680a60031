package io.tieback;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds the dependency table of docs/decisions/0002-rooms.md: what each room may know of the
 * others.
 */
@AnalyzeClasses(packages = "io.tieback", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

  /** Each room and what it may know besides itself. A room that is not listed may not exist. */
  private static final Map<String, List<String>> MAY_KNOW =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("construction", List.of()),
              Map.entry("wire", List.of()),
              Map.entry("rules", List.of("construction")),
              Map.entry("ledger", List.of("construction")),
              Map.entry("procore", List.of("construction", "ledger", "wire")),
              Map.entry("erp", List.of("construction", "wire")),
              Map.entry("approval", List.of("construction", "ledger", "rules")),
              Map.entry("notice", List.of("construction", "ledger", "rules", "approval")),
              Map.entry("reconcile", List.of("construction", "ledger", "rules")),
              Map.entry("platform", List.of("wire")),
              Map.entry(
                  "flow",
                  List.of(
                      "construction",
                      "wire",
                      "rules",
                      "ledger",
                      "procore",
                      "erp",
                      "approval",
                      "notice",
                      "reconcile",
                      "platform")),
              Map.entry(
                  "console",
                  List.of(
                      "construction",
                      "wire",
                      "rules",
                      "ledger",
                      "procore",
                      "erp",
                      "approval",
                      "notice",
                      "reconcile",
                      "platform",
                      "flow")),
              Map.entry(
                  "command",
                  List.of(
                      "construction",
                      "wire",
                      "rules",
                      "ledger",
                      "procore",
                      "erp",
                      "approval",
                      "notice",
                      "reconcile",
                      "platform",
                      "flow",
                      "console",
                      "sandbox")),
              Map.entry("sandbox", List.of())));

  @ArchTest
  static void eachRoomKnowsOnlyWhatTheTableAllows(JavaClasses all) {
    MAY_KNOW.forEach(
        (room, known) -> {
          String[] forbidden =
              MAY_KNOW.keySet().stream()
                  .filter(other -> !other.equals(room) && !known.contains(other))
                  .map(other -> "io.tieback." + other + "..")
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage("io.tieback." + room + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden)
              .allowEmptyShould(true)
              .because("the table of rooms says so")
              .check(all);
        });
  }

  @ArchTest
  static final ArchRule NO_ROOM_OUTSIDE_THE_TABLE =
      classes()
          .should()
          .resideInAnyPackage(
              MAY_KNOW.keySet().stream().map(r -> "io.tieback." + r + "..").toArray(String[]::new));

  @ArchTest
  static final ArchRule XERO_IS_KNOWN_ONLY_WHERE_IT_IS_WIRED = wiredOnly("io.tieback.erp.xero..");

  @ArchTest
  static final ArchRule QUICKBOOKS_ONLINE_IS_KNOWN_ONLY_WHERE_IT_IS_WIRED =
      wiredOnly("io.tieback.erp.quickbooksonline..");

  private static ArchRule wiredOnly(String adapter) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(adapter, "io.tieback.command..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(adapter);
  }

  @ArchTest
  static final ArchRule SQL_ONLY_IN_THE_LEDGER =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.tieback.ledger..", "io.tieback.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.springframework.jdbc..");

  @ArchTest
  static final ArchRule CONSTRUCTION_AND_RULES_ARE_PURE_JAVA =
      noClasses()
          .that()
          .resideInAnyPackage("io.tieback.construction..", "io.tieback.rules..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<JavaClass>("are neither the JDK's pure parts nor ours") {
                @Override
                public boolean test(JavaClass type) {
                  String name = type.getPackageName();
                  return !(type.isPrimitive()
                      || type.isArray()
                      || name.isEmpty()
                      || Arrays.asList(
                              "java.lang",
                              "java.math",
                              "java.time",
                              "java.util",
                              "java.io",
                              "java.nio",
                              "java.net",
                              "java.security",
                              "java.text",
                              "io.tieback.construction",
                              "io.tieback.rules")
                          .stream()
                          .anyMatch(name::startsWith));
                }
              });

  @ArchTest
  static final ArchRule MONEY_NEVER_MEETS_BINARY_FLOATING_POINT =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.tieback.construction..",
              "io.tieback.rules..",
              "io.tieback.ledger..",
              "io.tieback.procore..",
              "io.tieback.reconcile..",
              "io.tieback.erp..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Double.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Float.class);
}
