package io.tieback.command.demo;

/**
 * One record of the demonstration's report.
 *
 * @param entity what it is: {@code requisition} or {@code payment}
 * @param procoreId Procore's id of it
 * @param erp short name of the ERP
 * @param erpId the ERP's key of it
 * @param state how far it came
 * @param amount what it comes to, plain decimal text
 * @param apiCalls calls that it took of its own; its share of batches is in the totals
 * @param title what people call it
 */
public record DemoRecord(
    String entity,
    Long procoreId,
    String erp,
    String erpId,
    String state,
    String amount,
    int apiCalls,
    String title) {

  /** Whether it came all the way. */
  public boolean arrived() {
    return state.equals("acknowledged") || (entity.equals("payment") && state.equals("known"));
  }
}
