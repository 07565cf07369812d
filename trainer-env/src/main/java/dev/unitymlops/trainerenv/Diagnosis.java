package dev.unitymlops.trainerenv;

/** A known symptom in the output of pip, apt-get or mlagents-learn, and what it means. */
public record Diagnosis(String symptom, String cause, String remedy) {
    @Override
    public String toString() {
        return cause + "; " + remedy;
    }
}
