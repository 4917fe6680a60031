package io.tieback.sandbox.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The properties and words of the stand-in are those of Intuit's schema. */
class SchemaTest {
  private static final String XSD = "http://www.w3.org/2001/XMLSchema";

  /** Attributes in XML, or younger than the schema at hand. */
  private static final Set<String> NOT_IN_SCHEMA =
      Set.of(
          "domain",
          "sparse",
          "Attachable.AttachableRef.EntityRef.name",
          "Attachable.AttachableRef.EntityRef.type",
          "Attachable.AttachableRef.EntityRef.value",
          "BillPayment.ProcessBillPayment");

  private static final Map<String, Element> TYPES = new HashMap<>();
  private static final Map<String, String> GLOBAL = new HashMap<>();

  @BeforeAll
  static void read() throws Exception {
    String folder =
        System.getProperty(
            "tieback.specs", System.getenv().getOrDefault("TIEBACK_SPECS", "../shared/specs"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    for (String file : List.of("Finance.xsd", "IntuitBaseTypes.xsd", "IntuitNamesTypes.xsd")) {
      Element schema =
          factory
              .newDocumentBuilder()
              .parse(Path.of(folder, "qbo", file).toFile())
              .getDocumentElement();
      for (int i = 0; i < schema.getChildNodes().getLength(); i++) {
        if (schema.getChildNodes().item(i) instanceof Element one) {
          if (one.getLocalName().equals("element")) {
            GLOBAL.put(one.getAttribute("name"), local(one.getAttribute("type")));
          } else if (one.getLocalName().endsWith("Type")) {
            TYPES.put(one.getAttribute("name"), one);
          }
        }
      }
    }
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  /** Property to type, inherited ones too. */
  private static Map<String, String> properties(String type) {
    Map<String, String> all = new HashMap<>();
    Element of = TYPES.get(type);
    if (of == null) {
      return all;
    }
    NodeList bases = of.getElementsByTagNameNS(XSD, "extension");
    if (bases.getLength() > 0) {
      all.putAll(properties(local(((Element) bases.item(0)).getAttribute("base"))));
    }
    NodeList elements = of.getElementsByTagNameNS(XSD, "element");
    for (int i = 0; i < elements.getLength(); i++) {
      Element one = (Element) elements.item(i);
      String ref = local(one.getAttribute("ref"));
      if (ref.isEmpty()) {
        all.put(one.getAttribute("name"), local(one.getAttribute("type")));
      } else {
        all.put(ref, GLOBAL.getOrDefault(ref, ref));
      }
    }
    return all;
  }

  private static void unknown(String path, String type, Shape shape, Set<String> found) {
    Map<String, String> properties = properties(type);
    shape
        .fields()
        .values()
        .forEach(
            field -> {
              String here = path + field.name();
              if (!properties.containsKey(field.name())) {
                found.add(here);
              } else if (field.inner() != null) {
                unknown(here + ".", properties.get(field.name()), field.inner(), found);
              } else if (field.type().equals("word")) {
                words(here, properties.get(field.name()), field.argument(), found);
              }
            });
  }

  private static void words(String path, String type, String words, Set<String> found) {
    Element of = TYPES.get(type);
    if (of == null) {
      return;
    }
    List<String> known = new ArrayList<>();
    NodeList all = of.getElementsByTagNameNS(XSD, "enumeration");
    for (int i = 0; i < all.getLength(); i++) {
      known.add(((Element) all.item(i)).getAttribute("value"));
    }
    if (!known.isEmpty()) {
      Arrays.stream(words.split("\\|"))
          .filter(word -> !known.contains(word))
          .forEach(word -> found.add(path + "=" + word));
    }
  }

  @Test
  void everyPropertyAndWordIsInTheSchema() {
    Set<String> found = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.COMPANY_INFO && kind != Kind.PREFERENCES) {
        assertThat(TYPES).containsKey(kind.entity);
        unknown(kind.entity + ".", kind.entity, kind.shape, found);
      }
    }
    found.removeIf(
        path -> NOT_IN_SCHEMA.contains(path) || NOT_IN_SCHEMA.contains(path.split("\\.", 2)[1]));
    assertThat(found).isEmpty();
  }
}
