package io.tieback.console.view;

import java.time.Instant;
import java.util.Locale;

/**
 * For whom something is written.
 *
 * @param language English or French
 * @param formats their figures and times
 * @param now what time it is
 * @param csrf what each form has to carry
 */
public record Reader(Locale language, Formats formats, Instant now, String csrf) {}
