/** Text from elsewhere as it may be printed, logged and stored. */
@NullMarked
package dev.isoflop.text;

import org.jspecify.annotations.NullMarked;
