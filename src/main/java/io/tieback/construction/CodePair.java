package io.tieback.construction;

/**
 * A cost code with one of its cost types, on its way to become an item.
 *
 * @param code the cost code's full code, such as {@code 03-300}
 * @param type the cost type's code, such as {@code S}
 * @param codeName the cost code's name
 * @param typeName the cost type's name
 * @param joined the item's code
 * @param sameAs another pair of the same project that gives the same item code, as people write it;
 *     null when there is none
 */
public record CodePair(
    String code, String type, String codeName, String typeName, String joined, String sameAs) {

  /** The whole name, however long. */
  public String wholeName(String form) {
    return Names.tidy(form.replace("{name}", codeName).replace("{type}", typeName));
  }
}
