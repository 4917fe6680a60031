package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.ledger.QueueItem;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Freeing an item asks the ERP, which takes time; what others decide meanwhile. */
class UnlinkRaceTest extends ApprovalTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private QueueItem synced(Person approver) {
    QueueItem item = accept(approver, invoice(5, "10.00"));
    written(item);
    read(RecordKind.INVOICE, "requisition", 5, about("R-5", "11.00", "d2"));
    assertThat(now(item).state()).isEqualTo("synced");
    return now(item);
  }

  private QueueItem sentAndAccepted(Person approver, QueueItem item) {
    QueueItem sent = approvals.resend(approver, item.id(), item.version());
    return approvals.accept(approver, item.id(), sent.version(), "shown d2", Map.of());
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the other thread did not come", e);
    }
  }

  @Test
  @DisplayName(
      "GEN-Q-16, GEN-UNL-01: while the ERP is asked for an unlinking, sending and accepting are"
          + " refused with the reason; nothing is on its way and unlinked at once")
  void nothingIsAcceptedWhileItIsFreed() throws Exception {
    settings.fourEyes = false;
    Person ann = person("ann@firm.example", Role.APPROVER);
    Person bob = person("bob@firm.example", Role.APPROVER);
    QueueItem item = synced(ann);
    CyclicBarrier asking = new CyclicBarrier(2);
    CyclicBarrier decided = new CyclicBarrier(2);
    pipeline.whileUnlinking =
        () -> {
          meet(asking);
          meet(decided);
        };

    Future<QueueItem> unlinking =
        threads.submit(() -> approvals.unlink(ann, item.id(), item.version()));
    Future<String> accepting =
        threads.submit(
            () -> {
              meet(asking);
              try {
                sentAndAccepted(bob, item);
                return "accepted";
              } catch (Refused refused) {
                return refused.refusal().code();
              } finally {
                meet(decided);
              }
            });

    assertThat(accepting.get()).isEqualTo("item.unlinking");
    assertThat(unlinking.get().state()).isEqualTo("unlinked");
    assertThat(pipeline.exported).hasSize(1);
    assertThat(sql.queryForObject("select state from work_item", String.class))
        .isEqualTo("unlinked");
    QueueItem after = now(item);
    pipeline.whileUnlinking = () -> {};
    assertThat(sentAndAccepted(bob, after).state()).as("afterwards it may").isEqualTo("exporting");
  }

  @Test
  @DisplayName("GEN-UNL-03: an unlinking that the ERP refuses lets go of the item")
  void refusedUnlinkingLetsGo() {
    settings.fourEyes = false;
    Person ann = person("ann@firm.example", Role.APPROVER);
    QueueItem item = synced(ann);
    pipeline.stillThere = new Refused("The requisition is still in Xero.", "Void it.");
    assertThat(refused(() -> approvals.unlink(ann, item.id(), item.version()))).isEqualTo("said");
    assertThat(sentAndAccepted(ann, item).state()).isEqualTo("exporting");
  }

  @Test
  @DisplayName("GEN-Q-16: of an unlinking and an acceptance at the same moment one is refused")
  void oneOfTwoLoses() throws Exception {
    settings.fourEyes = false;
    Person ann = person("ann@firm.example", Role.APPROVER);
    Person bob = person("bob@firm.example", Role.APPROVER);
    QueueItem item = synced(ann);
    for (int round = 0; round < 10; round++) {
      sql.update("update work_item set state = 'acknowledged', erp_id = 'bill-1'");
      sql.update("update queue_item set state = 'synced', in_erp = true");
      QueueItem shown = now(item);
      CyclicBarrier start = new CyclicBarrier(2);
      Future<Boolean> freed =
          threads.submit(did(start, () -> approvals.unlink(ann, item.id(), shown.version())));
      Future<Boolean> accepted = threads.submit(did(start, () -> sentAndAccepted(bob, shown)));
      boolean unlinked = freed.get();
      boolean exporting = accepted.get();
      assertThat(unlinked).as("round " + round).isNotEqualTo(exporting);
      assertThat(now(item).state()).isEqualTo(unlinked ? "unlinked" : "exporting");
      assertThat(sql.queryForObject("select state from work_item", String.class))
          .isEqualTo(unlinked ? "unlinked" : "staged");
    }
  }

  private static Callable<Boolean> did(CyclicBarrier start, Callable<?> deed) {
    return () -> {
      meet(start);
      try {
        return deed.call() != null;
      } catch (Refused refused) {
        return false;
      }
    };
  }
}
