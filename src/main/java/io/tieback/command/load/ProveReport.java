package io.tieback.command.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tieback.command.load.LedgerView.Met;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run of {@code prove} came to; its public parts are the JSON report. */
public final class ProveReport {

  private static final int SHOWN = 20;

  private final ProveOptions options;
  private final List<Life> lives = new ArrayList<>();
  private final Map<String, Integer> troubles = new TreeMap<>();
  private int lateCommitsAcrossKills;
  private int billLookUps;
  private int paymentLookUps;
  private String work = "";
  private List<String> stuck = List.of("the run did not come to its end");
  private Judge.Verdict verdict;
  private long seconds;

  ProveReport(ProveOptions options) {
    this.options = options;
  }

  /**
   * One life of the connector and its end.
   *
   * @param number 1 for the first
   * @param request the class of requests that the kill struck, such as {@code PUT Invoices}
   * @param ordinal which one since the fault was armed
   * @param point the point in it
   * @param asPlanned whether it is the request that the seed named; otherwise none came in time and
   *     another was taken
   * @param heldMillis how long after the kill the stand-in committed, 0 for at once
   * @param bills invoices by state at the moment of the kill, acknowledged ones left out
   * @param payments payments by state, those at rest left out
   * @param millis from the start of the process to its death
   */
  public record Life(
      int number,
      String request,
      int ordinal,
      String point,
      boolean asPlanned,
      int heldMillis,
      Map<String, Long> bills,
      Map<String, Long> payments,
      long millis) {

    boolean writing() {
      return new Met(bills, payments).writing();
    }
  }

  void add(Life life) {
    lives.add(life);
    if (life.heldMillis() > 0) {
      lateCommitsAcrossKills++;
    }
  }

  void trouble(String kind, int times) {
    if (times > 0) {
      troubles.merge(kind, times, Integer::sum);
    }
  }

  void lookUps(int ofBills, int ofPayments) {
    billLookUps = ofBills;
    paymentLookUps = ofPayments;
  }

  void judged(Judge.Verdict books, List<String> notFinished, String workDone, long tookSeconds) {
    verdict = books;
    stuck = List.copyOf(notFinished);
    work = workDone;
    seconds = tookSeconds;
  }

  @JsonProperty
  public long seed() {
    return options.seed();
  }

  @JsonProperty
  public int kills() {
    return lives.size();
  }

  @JsonProperty
  public Map<String, Integer> killsByRequest() {
    Map<String, Integer> counts = new TreeMap<>();
    lives.forEach(life -> counts.merge(life.request(), 1, Integer::sum));
    return counts;
  }

  @JsonProperty
  public Map<String, Integer> killsByPoint() {
    Map<String, Integer> counts = new TreeMap<>();
    lives.forEach(life -> counts.merge(life.point(), 1, Integer::sum));
    return counts;
  }

  /** How many kills met invoices in each state; one kill may meet several. */
  @JsonProperty
  public Map<String, Integer> killsByStateOfInvoices() {
    Map<String, Integer> counts = new TreeMap<>();
    lives.forEach(
        life -> life.bills().keySet().forEach(state -> counts.merge(state, 1, Integer::sum)));
    return counts;
  }

  /** How many kills met payments in each state; one kill may meet several. */
  @JsonProperty
  public Map<String, Integer> killsByStateOfPayments() {
    Map<String, Integer> counts = new TreeMap<>();
    lives.forEach(
        life -> life.payments().keySet().forEach(state -> counts.merge(state, 1, Integer::sum)));
    return counts;
  }

  /** Kills that met invoices in planned or sent. */
  @JsonProperty
  public long killsWhileWriting() {
    return lives.stream().filter(Life::writing).count();
  }

  /** Kills whose request did not come in time, so that another was taken. */
  @JsonProperty
  public long killsNotAsPlanned() {
    return lives.stream().filter(life -> !life.asPlanned()).count();
  }

  @JsonProperty
  public Map<String, Integer> droppedAnswersAndLateCommits() {
    return troubles;
  }

  @JsonProperty
  public int lateCommitsAcrossKills() {
    return lateCommitsAcrossKills;
  }

  @JsonProperty
  public int billLookUps() {
    return billLookUps;
  }

  @JsonProperty
  public int paymentLookUps() {
    return paymentLookUps;
  }

  @JsonProperty
  public String work() {
    return work;
  }

  @JsonProperty
  public List<String> duplicates() {
    return verdict == null ? List.of() : verdict.duplicates();
  }

  @JsonProperty
  public List<String> losses() {
    return verdict == null ? List.of("nothing was compared") : verdict.losses();
  }

  @JsonProperty
  public List<String> stuck() {
    return stuck;
  }

  @JsonProperty
  public long centsOfDifference() {
    return verdict == null ? 0 : verdict.cents();
  }

  @JsonProperty
  public List<String> differences() {
    return verdict == null ? List.of() : verdict.differing();
  }

  @JsonProperty
  public long seconds() {
    return seconds;
  }

  @JsonProperty
  public List<Life> lives() {
    return lives;
  }

  /** Whether no duplicate, no loss, nothing stuck and no cent of difference is left. */
  @JsonProperty
  public boolean exact() {
    return verdict != null && verdict.clean() && stuck.isEmpty();
  }

  /** Whether it was exact, and the kills were as many and as mean as they have to be. */
  @JsonProperty
  public boolean proven() {
    return exact() && lives.size() == options.kills() && 2 * killsWhileWriting() >= lives.size();
  }

  /** Prints it for people. */
  void print(PrintWriter out) {
    out.println();
    out.printf("Seed %d, %s, %d s%n", options.seed(), work, seconds);
    out.printf(
        "%-28s %d of %d, %d of them at another request than planned%n",
        "kills", lives.size(), options.kills(), killsNotAsPlanned());
    out.printf("%-28s %s%n", "  by request", killsByRequest());
    out.printf("%-28s %s%n", "  by point", killsByPoint());
    out.printf("%-28s %s%n", "  by state of invoices met", killsByStateOfInvoices());
    out.printf("%-28s %s%n", "  by state of payments met", killsByStateOfPayments());
    out.printf("%-28s %d of %d%n", "  met planned or sent", killsWhileWriting(), lives.size());
    out.printf(
        "%-28s before processing %d, after the commit %d%n",
        "dropped answers", troubled("before"), troubled("after"));
    out.printf(
        "%-28s %d, and %d after a kill%n",
        "late commits", troubled("late"), lateCommitsAcrossKills);
    out.printf("%-28s %d%n", "throttled writes (429)", troubled("throttled"));
    out.printf("%-28s bills %d, payments %d%n", "look-ups", billLookUps, paymentLookUps);
    if (verdict != null) {
      out.printf(
          "%-28s %d for %s; %d payments of %s%n",
          "bills in the books",
          verdict.bills(),
          verdict.billed(),
          verdict.livingPayments(),
          verdict.paid());
    }
    count(out, "duplicates", duplicates());
    count(out, "losses", losses());
    count(out, "stuck items", stuck);
    out.printf("%-28s %d%n", "cents of difference", centsOfDifference());
    differences().stream().limit(SHOWN).forEach(line -> out.println("    " + line));
    if (exact() && !proven()) {
      out.println(
          "Exact, but not proven: fewer kills than asked for, or less than half of them met"
              + " invoices in planned or sent.");
    } else {
      out.println(
          proven()
              ? "Proven: nothing twice, nothing lost, nothing stuck, not a cent of difference."
              : "NOT proven.");
    }
    out.flush();
  }

  private int troubled(String kind) {
    return troubles.getOrDefault(kind, 0);
  }

  private static void count(PrintWriter out, String name, List<String> found) {
    out.printf("%-28s %d%n", name, found.size());
    found.stream().limit(SHOWN).forEach(line -> out.println("    " + line));
    if (found.size() > SHOWN) {
      out.println("    and " + (found.size() - SHOWN) + " more: see the JSON report");
    }
  }
}
