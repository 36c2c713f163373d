package dev.paddock.domain.routing;

/** A server that may answer a call to a model. Durations are in nanoseconds; thread-safe, and its figures may change at any time. */
public interface PlacementCandidate {

    /** Returns what the server has to do first. */
    PlacementClass placement(PlacementRequest request);

    /** Returns the calls in progress to the model there, assumed ones included. */
    int inFlight();

    /** Returns how many calls to the model the server answers at the same time, at least 1. */
    double slots();

    /** Returns how much work the server gets compared with others, positive. */
    double weight();

    /** Returns the usual time to the first frame while the model is loaded; 0 when it is not known. */
    double firstFrameTime();

    /** Returns the factor by which recent failures make the server less attractive, at least 1. */
    double failurePenalty();

    /** Returns how much loading the model there crowds out other ones; a model is loaded where that is least. */
    double crowding(PlacementRequest request);

    /** Returns how long a further call is expected to wait for others, and for the loads that have begun. */
    double expectedWait(PlacementRequest request);

    /** Returns whether the model can be loaded there without unloading one that was used within the time of a load. */
    boolean hasSpareRoom(PlacementRequest request);

    /** Returns how long loading the model is expected to take there, 0 while it is loaded or being loaded. */
    double expectedLoad(PlacementRequest request);

    /** Returns a number that spreads models and affine calls over the servers: the same in every process for the same model and server. */
    long hash();
}
