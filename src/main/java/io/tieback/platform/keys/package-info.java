/** Every setting there is, by subject. */
package io.tieback.platform.keys;
