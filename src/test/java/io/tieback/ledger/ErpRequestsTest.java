package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ErpRequestsTest extends LedgerTest {

  private ErpRequests.Received delivery(long requestId) {
    return new ErpRequests.Received(NORTH, requestId, 4711, Source.WEBHOOK, null);
  }

  @Test
  void aRequestDeliveredByManyThreadsAtOnceIsReceivedOnce() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Ledger node = t % 2 == 0 ? ledger : other;
        Callable<Integer> deliveries =
            () -> {
              start.await();
              int fresh = 0;
              for (long id = 1; id <= 50; id++) {
                fresh += node.erpRequests().receive(delivery(id)) ? 1 : 0;
              }
              return fresh;
            };
        results.add(pool.submit(deliveries));
      }
      start.countDown();
      int fresh = 0;
      for (Future<Integer> result : results) {
        fresh += result.get();
      }
      assertThat(fresh).isEqualTo(50);
      assertThat(sql.queryForObject("select count(*) from erp_request", Long.class)).isEqualTo(50);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aBulkThatHoldsARequestTwiceReceivesItOnceAndTellsHowManyWereNew() {
    ledger.erpRequests().receive(delivery(1));
    assertThat(
            ledger
                .erpRequests()
                .receive(List.of(delivery(1), delivery(2), delivery(2), delivery(3))))
        .isEqualTo(2);
    assertThat(ledger.erpRequests().receive(List.of())).isZero();
  }

  @Test
  void theSameRequestOfTwoConnectionsIsTwoRequests() {
    ConnectionId south = new ConnectionId("south");
    ledger.connections().register(south, 4711, "xero", "tenant-2");
    assertThat(ledger.erpRequests().receive(delivery(1))).isTrue();
    assertThat(
            ledger
                .erpRequests()
                .receive(new ErpRequests.Received(south, 1, 4711, Source.CATCH_UP, null)))
        .isTrue();
  }

  @Test
  void claimsOfTwoNodesNeverOverlap() throws Exception {
    ledger.erpRequests().receive(LongStream.rangeClosed(1, 400).mapToObj(this::delivery).toList());
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<Long>>> claims = new ArrayList<>();
      for (Ledger node : List.of(ledger, other)) {
        claims.add(
            pool.submit(
                () -> {
                  List<Long> mine = new ArrayList<>();
                  List<ErpRequest> claimed = node.erpRequests().claim();
                  while (!claimed.isEmpty()) {
                    claimed.forEach(r -> mine.add(r.requestId()));
                    claimed = node.erpRequests().claim();
                  }
                  return mine;
                }));
      }
      List<Long> all = new ArrayList<>(claims.get(0).get());
      all.addAll(claims.get(1).get());
      assertThat(all).hasSize(400).doesNotHaveDuplicates();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aRequestWhoseReaderDiedIsClaimedAgainWhenTheLeaseEnds() {
    ledger.erpRequests().receive(delivery(1));
    assertThat(ledger.erpRequests().claim()).hasSize(1);
    clock.advance(LEASE.minusSeconds(1));
    assertThat(other.erpRequests().claim()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(other.erpRequests().claim()).hasSize(1);
  }

  @Test
  void aNodeThatStartsAnewLetsGoWhatItHeldAtOnce() {
    ledger.nodes().started();
    ledger.erpRequests().receive(delivery(1));
    ledger.erpRequests().claim();
    assertThat(other.erpRequests().claim()).isEmpty();
    ledger.nodes().started();
    assertThat(other.erpRequests().claim()).hasSize(1);
  }

  @Test
  void nothingOfAPausedConnectionIsClaimedButWebhooksAreStillReceived() {
    assertThat(ledger.connections().pause(NORTH, "sign-in expired")).isTrue();
    assertThat(ledger.erpRequests().receive(delivery(1))).isTrue();
    assertThat(ledger.erpRequests().claim()).isEmpty();
    assertThat(ledger.connections().resume(NORTH)).isTrue();
    assertThat(ledger.erpRequests().claim()).hasSize(1);
  }

  @Test
  void whatCannotBeReadNowIsDueAgainAtTheStoredTime() {
    ledger.erpRequests().receive(delivery(1));
    long row = onlyOne(ledger.erpRequests().claim()).row();
    ledger.erpRequests().retryAt(row, "THROTTLED", "429", clock.instant().plusSeconds(60));
    clock.advance(Duration.ofSeconds(59));
    assertThat(ledger.erpRequests().claim()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(onlyOne(ledger.erpRequests().claim()).attempts()).isEqualTo(1);
  }

  @Test
  void aParkedRequestStaysVisibleAndItsDetailsAreAnsweredAsFailedWithTheMessage() {
    long row = read(NORTH, 7);
    ledger
        .erpRequests()
        .parked(
            row,
            "create_budget",
            "{}",
            "Budgets are not exported yet.",
            List.of(501L, 502L, 501L),
            1);
    List<Acknowledgements.Answer> answers =
        ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE);
    assertThat(answers)
        .extracting(Acknowledgements.Answer::detailId)
        .containsExactlyInAnyOrder(501L, 502L);
    assertThat(answers).allSatisfy(a -> assertThat(a.success()).isFalse());
    assertThat(answers.get(0).messages()).containsExactly("Budgets are not exported yet.");
    ledger.acknowledgements().answered(answers);
    assertThat(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE)).isEmpty();
    assertThat(onlyOne(ledger.erpRequests().inState(NORTH, "parked", 10)).name())
        .isEqualTo("create_budget");
  }

  @Test
  void anUnrecognisedRequestIsKeptAndNothingIsAnsweredWhereNoDetailIsGiven() {
    long row = read(NORTH, 8);
    ledger
        .erpRequests()
        .unrecognised(
            row,
            "create_unicorn",
            "{\"a\":1}",
            "Event name create_unicorn is not known.",
            List.of(),
            1);
    assertThat(onlyOne(ledger.erpRequests().inState(NORTH, "unrecognised", 10)).body())
        .contains("\"a\"");
    assertThat(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE)).isEmpty();
  }

  @Test
  void stagingIsAtomicOverTheWholeBulk() {
    long good = read(NORTH, 1);
    long bad = read(NORTH, 2);
    StagedRequest broken =
        new StagedRequest(
            bad,
            "create_requisitions",
            "{}",
            1,
            List.of(new StagedRequest.Item(WorkItem.REQUISITION, 9, "not json", null, null, null)),
            List.of());
    assertThatThrownBy(
            () -> ledger.erpRequests().staged(List.of(request(good, "v1", List.of(), 5), broken)))
        .hasMessageContaining("json");
    assertThat(requestState(1)).isEqualTo("reading");
    assertThat(ledger.workItems().find(NORTH, WorkItem.REQUISITION, 5)).isEmpty();
  }

  @Test
  void aDetailThatNamesNoRecordOfTheRequestIsRefusedBecauseNothingWouldEverCloseIt() {
    long row = read(NORTH, 1);
    assertThatThrownBy(
            () ->
                ledger
                    .erpRequests()
                    .staged(
                        List.of(
                            request(
                                row,
                                "v1",
                                List.of(new StagedRequest.Detail(900, List.of(6L))),
                                5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("900");
    assertThat(requestState(1)).isEqualTo("reading");
  }

  @Test
  void aRequestThatSomebodyElseStagedMeanwhileIsNotStagedAgain() {
    long row = read(NORTH, 1);
    ledger.erpRequests().staged(List.of(request(row, "v1", List.of(), 5)));
    compose();
    assertThat(other.erpRequests().staged(List.of(request(row, "v2", List.of(), 5)))).isEmpty();
    assertThat(state(5)).isEqualTo(ItemState.COMPOSED);
  }
}
