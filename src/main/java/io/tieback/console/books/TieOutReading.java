package io.tieback.console.books;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.wire.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of a tie-out as pages show it; read from the JSON that was stored with the run.
 *
 * @param erp the ERP's word
 * @param through last day that counts, or null
 * @param agrees whether both sides agree to the cent
 * @param total every figure of both sides
 * @param projects those that were read
 * @param commitments all of them, by project
 * @param differences every difference with its cause
 * @param retainage the proof that the retainage account agrees: name and amount, or null amounts
 * @param remarks what else is to be known
 */
record TieOutReading(
    String erp,
    LocalDate through,
    boolean agrees,
    List<Row> total,
    List<Project> projects,
    List<Commitment> commitments,
    List<Difference> differences,
    List<Proof> retainage,
    List<String> remarks) {

  private static final List<String> FIGURES =
      List.of(
          "original",
          "changes",
          "billed",
          "retained",
          "released",
          "held",
          "tax",
          "paid",
          "credited",
          "open");
  private static final List<String> PROOF =
      List.of(
          "inProcore",
          "onBills",
          "otherwise",
          "onAccount",
          "otherConnections",
          "balance",
          "difference");

  /**
   * A figure of both sides. What a side does not have is null.
   *
   * @param figure its word
   */
  record Row(String figure, Money procore, Money erp, Money difference) {
    /** Whether both sides agree. */
    public boolean agrees() {
      return difference == null || difference.equals(Money.ZERO);
    }
  }

  /**
   * A commitment with its invoices.
   *
   * @param project name of its project
   * @param rows its figures
   * @param invoices as JSON, read when its page is looked at
   */
  record Commitment(
      long projectId,
      String project,
      long id,
      String number,
      String title,
      String supplier,
      List<Row> rows,
      JsonNode invoices) {

    /** One of its figures. */
    public Row row(String figure) {
      return rows.stream().filter(row -> row.figure().equals(figure)).findFirst().orElseThrow();
    }

    /** What was billed, in both. */
    public Row billed() {
      return row("billed");
    }

    /** What was paid, in both. */
    public Row paid() {
      return row("paid");
    }

    /** What is held, in both. */
    public Row held() {
      return row("held");
    }

    /** What is open, in both. */
    public Row open() {
      return row("open");
    }

    /** Whether both sides agree in every figure. */
    public boolean agrees() {
      return rows.stream().allMatch(Row::agrees);
    }
  }

  /** An effect of a difference on a figure. */
  record Effect(String figure, Money amount) {}

  /**
   * A project that was tied out.
   *
   * @param id Procore's id
   * @param number the number that people see; blank when it has none
   * @param label number and name
   */
  record Project(long id, String number, String label) {}

  /** Why both sides differ. */
  record Difference(
      String cause,
      Long projectId,
      Long commitmentId,
      List<Effect> effects,
      String sentence,
      String remedy,
      List<String> records) {}

  /** A line of the proof of retainage. */
  record Proof(String name, Money amount) {}

  /** A payment of an invoice on both sides. */
  record Payment(String procoreId, String erpId, LocalDate date, Money procore, Money erp) {
    /** Whether both sides have it with the same amount. */
    public boolean agrees() {
      return procore != null && procore.equals(erp);
    }
  }

  /** A document of the ERP that stands for an invoice. */
  record Document(String erpId, String number, LocalDate date, String state) {}

  /** An invoice of a commitment. */
  record Invoice(
      long id,
      String number,
      String status,
      LocalDate date,
      List<Row> rows,
      List<Document> documents,
      List<Payment> payments) {
    /** Whether both sides agree in every figure. */
    public boolean agrees() {
      return rows.stream().allMatch(Row::agrees);
    }
  }

  static TieOutReading of(String text) {
    JsonNode json = Json.read(text);
    List<Project> projects = new ArrayList<>();
    List<Commitment> commitments = new ArrayList<>();
    for (JsonNode project : json.path("projects")) {
      String name =
          project.path("number").isNull() || project.path("number").asText().isEmpty()
              ? project.path("name").asText()
              : project.path("number").asText() + " " + project.path("name").asText();
      projects.add(new Project(project.path("id").longValue(), text(project, "number"), name));
      for (JsonNode one : project.path("commitments")) {
        commitments.add(
            new Commitment(
                project.path("id").longValue(),
                name,
                one.path("id").longValue(),
                text(one, "number"),
                text(one, "title"),
                text(one, "supplier"),
                rows(one),
                one.path("invoices")));
      }
    }
    List<Difference> differences = new ArrayList<>();
    json.path("differences").forEach(one -> differences.add(difference(one)));
    List<String> remarks = new ArrayList<>();
    json.path("remarks").forEach(one -> remarks.add(one.asText()));
    JsonNode proof = json.path("retainage");
    return new TieOutReading(
        json.path("erp").asText(),
        day(json, "through"),
        json.path("agrees").asBoolean(),
        rows(json.path("total")),
        List.copyOf(projects),
        List.copyOf(commitments),
        List.copyOf(differences),
        PROOF.stream()
            .filter(name -> proof.hasNonNull(name))
            .map(name -> new Proof(name, money(proof, name)))
            .toList(),
        List.copyOf(remarks));
  }

  /** How many differences of a cause there are, most first. */
  Map<String, Long> causes() {
    Map<String, Long> causes = new LinkedHashMap<>();
    differences.forEach(one -> causes.merge(one.cause(), 1L, Long::sum));
    Map<String, Long> sorted = new LinkedHashMap<>();
    causes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(one -> sorted.put(one.getKey(), one.getValue()));
    return sorted;
  }

  Optional<Commitment> commitment(long id) {
    return commitments.stream().filter(one -> one.id() == id).findFirst();
  }

  List<Difference> of(long commitment) {
    return differences.stream()
        .filter(one -> one.commitmentId() != null && one.commitmentId() == commitment)
        .toList();
  }

  static List<Invoice> invoices(Commitment commitment) {
    List<Invoice> invoices = new ArrayList<>();
    for (JsonNode one : commitment.invoices()) {
      List<Document> documents = new ArrayList<>();
      one.path("documents")
          .forEach(
              document ->
                  documents.add(
                      new Document(
                          text(document, "erpId"),
                          text(document, "number"),
                          day(document, "date"),
                          text(document, "state"))));
      List<Payment> payments = new ArrayList<>();
      one.path("payments")
          .forEach(
              payment ->
                  payments.add(
                      new Payment(
                          text(payment, "procoreId"),
                          text(payment, "erpId"),
                          day(payment, "date"),
                          money(payment, "procore"),
                          money(payment, "erp"))));
      invoices.add(
          new Invoice(
              one.path("id").longValue(),
              text(one, "number"),
              text(one, "status"),
              day(one, "date"),
              rows(one),
              documents,
              payments));
    }
    return invoices;
  }

  private static List<Row> rows(JsonNode sides) {
    List<Row> rows = new ArrayList<>();
    for (String figure : FIGURES) {
      Money procore = money(sides.path("procore"), figure);
      Money erp = money(sides.path("erp"), figure);
      Money difference =
          sides.path("difference").hasNonNull(figure)
              ? money(sides.path("difference"), figure)
              : difference(procore, erp);
      if (procore != null || erp != null) {
        rows.add(new Row(figure, procore, erp, difference));
      } else {
        rows.add(new Row(figure, null, null, null));
      }
    }
    return List.copyOf(rows);
  }

  private static Money difference(Money procore, Money erp) {
    return procore == null || erp == null ? null : procore.minus(erp);
  }

  private static Difference difference(JsonNode one) {
    List<Effect> effects = new ArrayList<>();
    one.path("effect")
        .properties()
        .forEach(
            effect ->
                effects.add(new Effect(effect.getKey(), Money.of(effect.getValue().asText()))));
    List<String> records = new ArrayList<>();
    one.path("records").forEach(record -> records.add(record.asText()));
    return new Difference(
        one.path("cause").asText(),
        one.path("projectId").isNumber() ? one.path("projectId").longValue() : null,
        one.path("commitmentId").isNumber() ? one.path("commitmentId").longValue() : null,
        List.copyOf(effects),
        one.path("sentence").asText(),
        text(one, "remedy"),
        List.copyOf(records));
  }

  private static Money money(JsonNode from, String name) {
    return from.hasNonNull(name) ? Money.of(from.path(name).asText()) : null;
  }

  private static LocalDate day(JsonNode from, String name) {
    return from.hasNonNull(name) ? LocalDate.parse(from.path(name).asText()) : null;
  }

  private static String text(JsonNode from, String name) {
    return from.hasNonNull(name) ? from.path(name).asText() : "";
  }
}
