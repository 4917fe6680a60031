package io.tieback.erp.quickbooksonline;

import io.tieback.construction.CostItem;
import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Json;
import java.util.List;

/**
 * Cost codes that become nothing in QuickBooks Online: all of them where lines name accounts, and
 * standard cost codes always, which have their own code for a key. They are known as soon as they
 * are handed over, without a call. Others go as items.
 */
final class QuickBooksCodeLinks implements QuickBooksRecords {

  private final QuickBooksStyle.Lines lines;
  private final QuickBooksRecords items;

  QuickBooksCodeLinks(QuickBooksStyle.Lines lines, QuickBooksRecords items) {
    this.lines = lines;
    this.items = items;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    CostItem cost = (CostItem) document;
    return lines == QuickBooksStyle.Lines.ACCOUNTS || cost.code().equals(cost.key())
        ? QuickBooksEnvelope.toLink(
            cost.marker(),
            QuickBooksEntity.ITEM,
            cost.code(),
            Json.object().put("Name", cost.code()))
        : items.render(document);
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    QuickBooksEnvelope sent = QuickBooksEnvelope.of(batch);
    if (!becomesNothing(sent)) {
      items.handOver(batch, sink);
    } else if (sink.sending(batch.id())) {
      known(batch, sent, sink);
    }
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    QuickBooksEnvelope sent = QuickBooksEnvelope.of(batch);
    if (becomesNothing(sent)) {
      known(batch, sent, sink);
    } else {
      items.lookUp(batch, sink);
    }
  }

  /** An item that is there is linked by QuickBooks's id of it, never by its own name. */
  private static boolean becomesNothing(QuickBooksEnvelope sent) {
    return sent.name().equals(sent.linked());
  }

  private static void known(DeliveryBatch batch, QuickBooksEnvelope sent, OutcomeSink sink) {
    sink.known(
        batch.id(),
        new WrittenDocument(
            sent.marker(), sent.linked(), sent.name(), List.of(), null, "ACTIVE", List.of()));
  }
}
