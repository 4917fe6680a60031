package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.rules.RuleCatalogue.Rule;
import io.tieback.rules.RuleCatalogue.Status;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Label;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RuleCatalogueTest {

  private final RuleCatalogue catalogue = RuleCatalogue.get();

  @Test
  void everyRuleOfTheBookIsThereOnce() {
    assertThat(catalogue.all()).hasSizeGreaterThan(400);
    assertThat(catalogue.all())
        .allSatisfy(
            rule -> {
              assertThat(rule.text()).isNotBlank();
              assertThat(rule.basis()).isNotEmpty();
            });
    assertThat(catalogue.find("XR-INV-07")).get().extracting(Rule::status).isEqualTo(Status.BUILT);
    assertThat(catalogue.find("QBO-CFG-01"))
        .get()
        .extracting(Rule::status)
        .isEqualTo(Status.NOT_YET);
    assertThat(catalogue.find("XR-INV-99")).isEmpty();
  }

  @TestFactory
  List<DynamicTest> aBuiltRuleNamesCodeThatExistsAndATestThatNamesIt() {
    return catalogue.built().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> isKeptAndTested(rule)))
        .toList();
  }

  private static void isKeptAndTested(Rule rule) throws ClassNotFoundException {
    int dot = rule.where().lastIndexOf('.');
    Class<?> keeper = Class.forName("io.tieback." + rule.where().substring(0, dot));
    assertThat(Arrays.stream(keeper.getDeclaredMethods()).map(Method::getName))
        .contains(rule.where().substring(dot + 1));
    Class<?> test = Class.forName("io.tieback." + rule.test());
    Set<String> ids =
        Stream.concat(Stream.of(test), Arrays.stream(test.getDeclaredClasses()))
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .map(RuleCatalogueTest::title)
            .flatMap(title -> Arrays.stream(title.split("[ :,()]+")))
            .collect(Collectors.toSet());
    assertThat(ids).as("tests of %s", test.getSimpleName()).contains(rule.id());
  }

  private static String title(AnnotatedElement method) {
    DisplayName name = method.getAnnotation(DisplayName.class);
    if (name != null) {
      return name.value();
    }
    Label label = method.getAnnotation(Label.class);
    return label == null ? "" : label.value();
  }

  @Test
  @DisplayName("every rule of Xero is built, or it is said why not")
  void xeroIsWhole() {
    assertThat(catalogue.all())
        .filteredOn(rule -> rule.id().startsWith("XR-"))
        .allSatisfy(
            rule ->
                assertThat(rule.status() != Status.NOT_YET || rule.reason() != null)
                    .as(rule.id())
                    .isTrue());
  }

  @Test
  void everyFindingCitesARuleThatIsBuilt() {
    CheckFixture check = new CheckFixture();
    check.invoice.lines.clear();
    check.invoice.status = null;
    check.invoice.number = null;
    check.invoice.periodStart = null;
    check.invoice.periodEnd = null;
    check.invoice.billingDate = null;
    check.invoice.vendorOriginId = "1";
    assertThat(check.findings())
        .allSatisfy(
            finding ->
                assertThat(catalogue.find(finding.ruleId()).orElseThrow().status())
                    .isNotEqualTo(Status.NOT_YET));
  }
}
