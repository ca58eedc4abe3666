package dev.lightning.bench.compare;

import java.util.Map;

/**
 * What one turn of one program came to.
 *
 * @param trouble what was refused, lost or doubled, empty when nothing was
 */
record Measurement(ServerKind server, Contender program, int repeat, Map<Figure, Double> figures, String trouble) {}
