package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.DocumentKind;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.ledger.Batch;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.LookUps.Settlement;
import io.tieback.ledger.LookUps.Verdict;
import io.tieback.ledger.WriteJournal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes composed documents to the ERP exactly once (design section 5): claims a batch, journals
 * its bytes, hands it over, and settles what nobody knows.
 */
public final class Delivery {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** Batches of one connection that are handed over side by side in one turn. */
  private static final int SIDE_BY_SIDE = 4;

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final OutwardFlows flows;
  private final ConnectionWatch watch;
  private final FailureDesk desk;
  private final ExecutorService workers;
  private final Clock clock;
  private final FailedBatch failed;

  /** Wires it. */
  public Delivery(
      Ledger ledger,
      ConnectionRooms rooms,
      OutwardFlows flows,
      ConnectionWatch watch,
      FailureDesk desk,
      ExecutorService workers,
      Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.flows = flows;
    this.watch = watch;
    this.desk = desk;
    this.workers = workers;
    this.clock = clock;
    this.failed = new FailedBatch(ledger, clock);
  }

  /**
   * Hands over what is due for all connections of one ERP: first what a crash or a limit left
   * planned, then new batches.
   */
  public void handOver(String erp) {
    Backlog.workOff(clock, () -> handOverNext(erp));
  }

  private boolean handOverNext(String erp) {
    List<Callable<Void>> work = new ArrayList<>();
    rooms.withErp(erp).forEach(room -> work.addAll(due(room)));
    runAll(work);
    return !work.isEmpty();
  }

  private List<Callable<Void>> due(ConnectionRoom room) {
    List<Callable<Void>> work = new ArrayList<>();
    for (Batch batch :
        ledger.writeJournal().claimPlanned(room.id(), SIDE_BY_SIDE, room.times().writeLease())) {
      work.add(call(() -> handOver(room, batch)));
    }
    for (String entity : dueEntities(room)) {
      while (work.size() < SIDE_BY_SIDE && worthACall(room, entity)) {
        Optional<WriteJournal.Plan> plan = plan(room, entity);
        if (plan.isEmpty()) {
          break;
        }
        Optional<Batch> batch = journalled(room, plan.get());
        if (batch.isEmpty()) {
          break;
        }
        // What is to be looked for first is left to the look-up.
        if (!plan.get().lookFirst()) {
          work.add(call(() -> handOver(room, batch.get())));
        }
      }
    }
    return work;
  }

  /** Entities with something to write, in the order in which one needs the other. */
  private List<String> dueEntities(ConnectionRoom room) {
    return ledger.writeJournal().entitiesToWrite(room.id()).stream()
        .sorted(
            Comparator.comparing((String entity) -> kind(entity)).thenComparing(entity -> entity))
        .toList();
  }

  private DocumentKind kind(String entity) {
    return flows.ofEntity(entity).kind();
  }

  /** Looks for what nobody knows, for all connections of one ERP. */
  public void lookUp(String erp) {
    List<Callable<Void>> work = new ArrayList<>();
    for (ConnectionRoom room : rooms.withErp(erp)) {
      for (Batch batch :
          ledger
              .lookUps()
              .claim(
                  room.id(),
                  SIDE_BY_SIDE,
                  room.times().settleOfAbandoned(),
                  room.times().writeLease())) {
        work.add(call(() -> lookUp(room, batch)));
      }
    }
    runAll(work);
  }

  /**
   * A call is scarce: documents wait a moment for others to share it with, unless a full batch is
   * there already.
   */
  private boolean worthACall(ConnectionRoom room, String entity) {
    return ledger
        .writeJournal()
        .worthACall(
            room.id(),
            entity,
            room.erp().capabilities().documentsPerCall(kind(entity)),
            clock.instant().minus(room.times().linger()));
  }

  private Optional<WriteJournal.Plan> plan(ConnectionRoom room, String entity) {
    return ledger
        .writeJournal()
        .plan(
            room.id(),
            entity,
            room.erp().capabilities().documentsPerCall(kind(entity)),
            room.times().writeLease());
  }

  private Optional<Batch> journalled(ConnectionRoom room, WriteJournal.Plan plan) {
    List<ErpDocument> documents =
        plan.documents().stream()
            .map(d -> new ErpDocument(d.marker(), d.erpBody(), d.digest()))
            .toList();
    byte[] body = room.erp().batchBody(kind(plan.entity()), documents);
    try {
      return Optional.of(
          ledger
              .writeJournal()
              .planned(plan, "tieback-" + plan.batch(), body, room.times().writeLease()));
    } catch (WriteJournal.ClaimLost lost) {
      LOG.info("batch dropped connection='{}' why='{}'", room.id(), lost.getMessage());
      return Optional.empty();
    }
  }

  private void handOver(ConnectionRoom room, Batch batch) {
    LOG.info(
        "handing over connection='{}' batch='{}' documents='{}' sends='{}'",
        room.id(),
        batch.id(),
        batch.documents(),
        batch.sends());
    room.erp()
        .handOver(
            delivery(batch), sink(room, batch, "deliver-to-" + room.erp().capabilities().erp()));
  }

  private void lookUp(ConnectionRoom room, Batch batch) {
    JournalSink sink = sink(room, batch, "look-up-in-" + room.erp().capabilities().erp());
    room.erp().lookUp(delivery(batch), sink);
    Settlement settlement = ledger.lookUps().lookedUp(batch.id(), room.times().idempotencyWindow());
    LOG.info(
        "looked for connection='{}' batch='{}' verdict='{}' missing='{}'",
        room.id(),
        batch.id(),
        settlement.verdict(),
        settlement.missing().size());
    if (settlement.verdict() == Verdict.FAILED_WHOLE) {
      failed.settle(room, batch, settlement, sink);
    }
  }

  private JournalSink sink(ConnectionRoom room, Batch batch, String flow) {
    return new JournalSink(ledger, room, flows, clock, watch, desk, batch, flow);
  }

  private DeliveryBatch delivery(Batch batch) {
    return new DeliveryBatch(
        batch.id(),
        batch.idempotencyKey(),
        batch.body(),
        batch.markers(),
        batch.firstSentAt(),
        kind(batch.entity()),
        Set.copyOf(batch.formerIds()));
  }

  private static Callable<Void> call(Runnable work) {
    return () -> {
      work.run();
      return null;
    };
  }

  /**
   * Runs all to their end; the first failure is thrown afterwards, so that one connection's trouble
   * does not stop another's.
   */
  private void runAll(List<Callable<Void>> work) {
    try {
      RuntimeException first = null;
      for (Future<Void> done : workers.invokeAll(work)) {
        try {
          done.get();
        } catch (ExecutionException failed) {
          RuntimeException cause =
              failed.getCause() instanceof RuntimeException runtime
                  ? runtime
                  : new IllegalStateException(failed.getCause());
          if (first == null) {
            first = cause;
          } else {
            first.addSuppressed(cause);
          }
        }
      }
      if (first != null) {
        throw first;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while delivering: the batches stay in the journal", e);
    }
  }

  /** Whether a connection is one of this deployment. */
  boolean knows(ConnectionId connection) {
    return rooms.has(connection);
  }
}
