/**
 * The Tieback door's reading side: Procore's public records become events in the shape of Procore's
 * own ERP events, so that everything behind the door is the same for both (design section 2).
 */
package io.tieback.procore.door;
