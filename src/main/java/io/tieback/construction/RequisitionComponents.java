package io.tieback.construction;

import java.util.Objects;

/**
 * What Procore's v1.1 requisition says about one item (Procore reference section 12). Work figures
 * are flows of the period; stored material and the retainage on it are <em>balances</em>. A
 * unit-based item has no material figures: they are {@link Money#ZERO} here.
 *
 * @param procoreItemId id of the requisition item
 * @param workThisPeriod {@code work_completed_this_period}
 * @param materialsPresentlyStored {@code materials_presently_stored}, a balance
 * @param materialsPreviouslyStored the same balance at the end of the requisition before; zero on
 *     the first one; null when unknown
 * @param materialsMoved {@code materials_moved}: stored material that became work
 * @param moveMaterialsToPrevious {@code move_materials_to_previous_work_completed} of the header:
 *     moved material shows in the work of earlier periods (true) or in this period's work (false)
 * @param totalToDate {@code total_completed_and_stored_to_date}; null when not given
 * @param totalToDatePrevious the same at the end of the requisition before; null when not given
 * @param workRetained {@code work_completed_retainage_retained_this_period}
 * @param materialsRetainageRetained {@code materials_stored_retainage_currently_retained}, a
 *     balance
 * @param materialsRetainagePreviouslyRetained the same balance at the end of the requisition
 *     before; zero on the first one; null when unknown
 * @param materialsRetainageMoved {@code materials_retainage_retained_moved}: retainage of the moved
 *     material
 * @param workReleased {@code work_completed_retainage_released_this_period}
 * @param materialsReleased {@code materials_stored_retainage_released_this_period}
 * @param workRetainageFromPrevious {@code work_completed_retainage_from_previous_application};
 *     includes the moved retainage when material moves to earlier work, as the work of earlier
 *     periods includes the moved material
 */
public record RequisitionComponents(
    long procoreItemId,
    Money workThisPeriod,
    Money materialsPresentlyStored,
    Money materialsPreviouslyStored,
    Money materialsMoved,
    boolean moveMaterialsToPrevious,
    Money totalToDate,
    Money totalToDatePrevious,
    Money workRetained,
    Money materialsRetainageRetained,
    Money materialsRetainagePreviouslyRetained,
    Money materialsRetainageMoved,
    Money workReleased,
    Money materialsReleased,
    Money workRetainageFromPrevious) {

  public RequisitionComponents {
    Objects.requireNonNull(workThisPeriod, "workThisPeriod");
    Objects.requireNonNull(materialsPresentlyStored, "materialsPresentlyStored");
    Objects.requireNonNull(materialsMoved, "materialsMoved");
    Objects.requireNonNull(workRetained, "workRetained");
    Objects.requireNonNull(materialsRetainageRetained, "materialsRetainageRetained");
    Objects.requireNonNull(materialsRetainageMoved, "materialsRetainageMoved");
    Objects.requireNonNull(workReleased, "workReleased");
    Objects.requireNonNull(materialsReleased, "materialsReleased");
    Objects.requireNonNull(workRetainageFromPrevious, "workRetainageFromPrevious");
  }
}
