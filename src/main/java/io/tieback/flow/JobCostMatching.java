package io.tieback.flow;

import io.tieback.construction.BillMarker;
import io.tieback.construction.CostProject;
import io.tieback.construction.DirectCost;
import io.tieback.construction.DirectCostComposer;
import io.tieback.construction.JobCost;
import io.tieback.ledger.JobCostJournal;
import io.tieback.ledger.JobCostJournal.Document;
import io.tieback.ledger.JobCostJournal.Key;
import io.tieback.ledger.JobCostJournal.Left;
import io.tieback.ledger.JobCostJournal.Wanted;
import io.tieback.procore.CostLinks;
import io.tieback.rules.Finding;
import io.tieback.rules.JobCostChecks;
import io.tieback.rules.JobCostContext;
import io.tieback.rules.JobCostVerdict;
import io.tieback.rules.JobCostVerdict.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Matches documents of the ERP with projects and codes of Procore: which lines count, what they
 * come to there, and why the others do not. Reads Procore as often as there are projects, not as
 * often as there are documents.
 */
final class JobCostMatching {

  private final ConnectionRoom room;
  private final JobCostJournal journal;

  JobCostMatching(ConnectionRoom room, JobCostJournal journal) {
    this.room = room;
    this.journal = journal;
  }

  /** All of these documents, each with what becomes of its lines. */
  List<Document> match(Collection<JobCost> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    CostLinks links =
        new CostLinks(room.client(), room.erp().capabilities().erp(), room.invoices()::itemCode);
    JobCostContext context = context(links.projects(projects(documents)));
    Set<String> exported = exported(documents);
    List<Judged> judged =
        documents.stream()
            .map(
                document ->
                    judge(
                        document,
                        isExport(document) && exported.contains(document.erpId()),
                        context))
            .toList();
    boolean anySupplier =
        judged.stream().anyMatch(j -> j.counts() && j.document().contactKey() != null);
    Map<String, Long> vendors = anySupplier ? links.vendors() : Map.of();
    return recorded(judged, vendors);
  }

  /** A document with what the rules say. */
  private record Judged(JobCost document, boolean exported, List<JobCostVerdict> verdicts) {
    boolean counts() {
      return verdicts.stream().anyMatch(verdict -> verdict.outcome() == Outcome.COUNTS);
    }
  }

  private static Judged judge(JobCost document, boolean exported, JobCostContext context) {
    return new Judged(document, exported, JobCostChecks.check(document, exported, context));
  }

  private static Set<String> projects(Collection<JobCost> documents) {
    return documents.stream()
        .flatMap(document -> document.lines().stream())
        .map(JobCost.Line::projectKey)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private JobCostContext context(Map<String, CostProject> projects) {
    return new JobCostContext(
        room.erp().capabilities().displayName(),
        room.invoices().bill().currency(),
        room.costs().from(),
        room.costs().exportedCount(),
        room.invoices().bill().retainageAccountCode(),
        room.invoices().bill().retainageItemCode(),
        projects);
  }

  /** An invoice goes as a bill, or as a credit note where it is negative. */
  private static boolean isExport(JobCost document) {
    return document.kind() == JobCost.Kind.BILL || document.kind() == JobCost.Kind.CREDIT;
  }

  /**
   * Bills and credit notes that Tieback exported (GEN-INV-06): those that the ledger knows, and
   * those that carry an address of ours, since the answer about a bill may still be on its way.
   */
  private Set<String> exported(Collection<JobCost> documents) {
    List<JobCost> bills = documents.stream().filter(JobCostMatching::isExport).toList();
    Set<String> exported = journal.exported(room.id(), bills.stream().map(JobCost::erpId).toList());
    bills.stream()
        .filter(bill -> BillMarker.parse(bill.marker()).isPresent())
        .forEach(bill -> exported.add(bill.erpId()));
    return exported;
  }

  private List<Document> recorded(List<Judged> judged, Map<String, Long> vendors) {
    Map<JobCost, List<DirectCost>> composed =
        judged.stream()
            .collect(Collectors.toMap(Judged::document, one -> compose(one, vendors), (a, b) -> b));
    // The type under which a direct cost was first written is its type for good.
    Map<String, String> settled =
        journal.types(
            room.id(),
            composed.values().stream().flatMap(List::stream).map(DirectCost::originId).toList());
    List<Document> documents = new ArrayList<>();
    for (Judged one : judged) {
      JobCost document = one.document();
      Key key = new Key(document.kind().key(), document.erpId());
      documents.add(
          new Document(
              key,
              JobCostTexts.text(document),
              composed.get(document).stream().map(cost -> wanted(cost, settled)).toList(),
              one.verdicts().stream()
                  .filter(verdict -> verdict.outcome() != Outcome.COUNTS)
                  .map(verdict -> left(key, document, verdict))
                  .toList()));
    }
    return documents;
  }

  private List<DirectCost> compose(Judged judged, Map<String, Long> vendors) {
    return DirectCostComposer.compose(
        judged.document(),
        judged.verdicts().stream()
            .filter(verdict -> verdict.outcome() == Outcome.COUNTS)
            .map(JobCostVerdict::counted)
            .toList(),
        new DirectCostComposer.Names(
            room.erp().capabilities().erp(),
            room.erp().capabilities().displayName(),
            room.id(),
            judged.document().contactKey() == null
                ? null
                : vendors.get(judged.document().contactKey()),
            judged.exported()));
  }

  private static Wanted wanted(DirectCost composed, Map<String, String> settled) {
    String type = settled.get(composed.originId());
    DirectCost cost = type == null ? composed : composed.as(DirectCost.Type.valueOf(type));
    return new Wanted(
        cost.originId(),
        cost.projectId(),
        cost.type().name(),
        JobCostTexts.text(cost),
        cost.total(),
        cost.lines().stream().map(DirectCost.Line::originId).toList());
  }

  private static Left left(Key key, JobCost document, JobCostVerdict verdict) {
    JobCost.Line line = verdict.line();
    return new Left(
        key,
        line.key(),
        verdict.outcome().name(),
        verdict.waits(),
        joined(verdict, Finding::ruleId, " "),
        joined(verdict, f -> f.field() + ": " + f.found() + "; " + f.limit(), ". "),
        joined(verdict, Finding::remedy, ". "),
        line.amount(),
        document.date(),
        document.number(),
        document.contactName(),
        line.projectName(),
        line.itemCode(),
        line.accountCode(),
        line.description());
  }

  private static String joined(
      JobCostVerdict verdict, Function<Finding, String> part, String separator) {
    return verdict.findings().stream().map(part).distinct().collect(Collectors.joining(separator));
  }
}
