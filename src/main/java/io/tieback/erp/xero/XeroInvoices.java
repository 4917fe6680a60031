package io.tieback.erp.xero;

import io.tieback.construction.Bill;
import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Subcontractor invoices as bills and credit notes. */
final class XeroInvoices implements XeroRecords {

  private final XeroConnection connection;
  private final Supplier<XeroConnection> withCategory;
  private final XeroDelivery delivery;
  private final XeroLookUp lookUp;

  /**
   * @param withCategory the connection with the tracking category of projects, where that has to be
   *     found by its name
   */
  XeroInvoices(
      XeroConnection connection,
      Supplier<XeroConnection> withCategory,
      XeroCalls calls,
      Clock clock) {
    this.connection = connection;
    this.withCategory = withCategory;
    this.delivery = new XeroDelivery(calls);
    this.lookUp = new XeroLookUp(connection, calls, clock);
  }

  @Override
  public int documentsPerCall() {
    return connection.documentsPerCall();
  }

  @Override
  public ErpDocument render(Outgoing document) {
    return new XeroBills(withCategory.get()).render((Bill) document);
  }

  @Override
  public byte[] batchBody(List<ErpDocument> documents) {
    return new XeroBills(connection).batchBody(documents);
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    delivery.handOver(batch, sink);
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    lookUp.lookUp(batch, sink);
  }
}
