package io.tieback.procore;

import java.util.List;

/** Marks through the ERP tab: External Data of any kind of record, a thousand in one call. */
public final class ErpTabMarks implements Marks {

  private final ProcoreClient client;

  /**
   * @param client the company's client
   */
  public ErpTabMarks(ProcoreClient client) {
    this.client = client;
  }

  @Override
  public List<SyncOutcome<ExternalDataRow.Key>> write(List<Mark> marks) {
    return marks.isEmpty()
        ? List.of()
        : client.syncExternalData(marks.stream().map(Mark::row).toList());
  }
}
