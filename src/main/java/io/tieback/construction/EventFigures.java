package io.tieback.construction;

/**
 * What the export event {@code create_requisitions} says about one line (Procore reference section
 * 7, GEN-API-39). Only compared with the requisition, never billed from: parts of it are balances,
 * and it leaves out stored material and its release. Each figure is null when the event does not
 * carry it.
 *
 * @param amount {@code amount}; gross or net by {@link ArithmeticSettings#lineAmount()}
 * @param retainageThisPeriod {@code retainage_this_period}, work and materials
 * @param retainageWork {@code retainage_work_completed_this_period}
 * @param materialsRetainagePresently {@code retainage_materials_presently_stored}, a balance
 * @param materialsRetainagePreviously {@code retainage_materials_previously_stored}, a balance
 * @param releasedWork {@code released_work_completed_this_period}
 */
public record EventFigures(
    Money amount,
    Money retainageThisPeriod,
    Money retainageWork,
    Money materialsRetainagePresently,
    Money materialsRetainagePreviously,
    Money releasedWork) {}
