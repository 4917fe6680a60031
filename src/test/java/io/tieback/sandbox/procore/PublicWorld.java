package io.tieback.sandbox.procore;

/**
 * A company without ERP Integrations beside those of {@link World}, with the people who work there.
 */
final class PublicWorld {
  static final long COMPANY = 700_000_000_001L;
  static final long PROJECT = 700_000_000_002L;
  static final long HIDDEN = 700_000_000_003L;
  static final long MANAGER = 700_000_000_004L;
  static final long VENDOR = 700_000_000_005L;
  static final long TYPE = 700_000_000_006L;
  static final long CODE = 700_000_000_007L;
  static final long COMMITMENT = 700_000_000_008L;
  static final long LINE = 700_000_000_009L;
  static final long PURCHASE = 700_000_000_010L;
  static final long CHANGE = 700_000_000_011L;
  static final long CHANGE_LINE = 700_000_000_012L;

  private static final String SEED =
      """
      {'companies':[{'id':700000000001,'name':'Open Builders','erpIntegration':false}],
       'apps':[{'clientId':'open','clientSecret':'secret','companyIds':[700000000001],'projectIds':[700000000002]}],
       'users':[{'id':700000000004,'companyId':700000000001,'name':'Paula Manager','email':'paula@example.com'}],
       'projects':[{'id':700000000002,'companyId':700000000001,'name':'Tower','number':'T-1',
                    'costCodes':[{'id':700000000007,'code':'300','fullCode':'03-300','name':'Concrete'}]},
                   {'id':700000000003,'companyId':700000000001,'name':'Hidden'}],
       'lineItemTypes':[{'id':700000000006,'companyId':700000000001,'code':'S','name':'Subcontract','baseType':'commitment'}],
       'vendors':[{'id':700000000005,'companyId':700000000001,'name':'Ernie Electrical'},
                  {'companyId':700000000001,'name':'Gone Inc','active':false}],
       'commitments':[
         {'id':700000000008,'projectId':700000000002,'type':'WorkOrderContract','number':'SC-001','title':'Frame','vendorId':700000000005,
          'retainagePercent':'10','contractDate':'2026-01-15',
          'lines':[{'id':700000000009,'costCodeId':700000000007,'lineItemTypeId':700000000006,'description':'Walls','amount':'1000.00'}]},
         {'id':700000000010,'projectId':700000000002,'type':'PurchaseOrderContract','number':'PO-001','vendorId':700000000005,
          'accountingMethod':'unit','paymentTerms':'Net 30','deliveryDate':'2026-02-01',
          'lines':[{'costCodeId':700000000007,'lineItemTypeId':700000000006,'description':'Beams','quantity':'4','unitCost':'12.5','uom':'ea'}]}],
       'changeOrders':[
         {'id':700000000011,'commitmentId':700000000008,'number':'001','title':'More walls','status':'approved','dueDate':'2026-03-01',
          'lines':[{'id':700000000012,'commitmentLineId':700000000009,'description':'Wall','amount':'50.00'}]}]}
      """;

  private PublicWorld() {}

  /** Adds the company to a world that was reset, and signs in as its application. */
  static void enter(World world) {
    world.control("POST", "seed", SEED);
    world.signIn("open", "secret");
  }
}
