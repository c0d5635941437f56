/**
 * Files behind http and https, kept in a cache on disk that the workers of a machine share.
 *
 * <p>A download that breaks off goes on where it stopped, a file appears under its final name only
 * when it is whole, and the cache stays within a bound by removing what was not used for longest.
 */
@NullMarked
package dev.isoflop.worker.data.remote;

import org.jspecify.annotations.NullMarked;
