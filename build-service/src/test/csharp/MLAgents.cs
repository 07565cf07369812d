// Signatures of the parts of com.unity.ml-agents 4.0 that the scripts call; see UnityEngine.cs.
using System.Collections.Generic;
using UnityEngine;

namespace Unity.MLAgents
{
    public class Agent : MonoBehaviour
    {
        public int MaxStep;
        public int StepCount { get { return 0; } }
        public virtual void Initialize() { }
        public virtual void OnEpisodeBegin() { }
        public virtual void CollectObservations(Sensors.VectorSensor sensor) { }
        public virtual void OnActionReceived(Actuators.ActionBuffers actions) { }
        public virtual void Heuristic(in Actuators.ActionBuffers actionsOut) { }
        public void AddReward(float increment) { }
        public void SetReward(float reward) { }
        public void EndEpisode() { }
        public void RequestDecision() { }
    }

    public class DecisionRequester : MonoBehaviour
    {
        public int DecisionPeriod;
        public bool TakeActionsBetweenDecisions;
    }
}

namespace Unity.MLAgents.Actuators
{
    public struct ActionSegment<T> where T : struct
    {
        public readonly int Length;
        public T this[int index] { get { return default(T); } set { } }
    }

    public struct ActionBuffers
    {
        public ActionSegment<float> ContinuousActions { get { return default(ActionSegment<float>); } }
        public ActionSegment<int> DiscreteActions { get { return default(ActionSegment<int>); } }
    }

    public struct ActionSpec
    {
        public ActionSpec(int numContinuousActions = 0, int[] discreteBranchSizes = null) { }
        public static ActionSpec MakeContinuous(int numActions) { return new ActionSpec(); }
    }
}

namespace Unity.MLAgents.Policies
{
    public enum BehaviorType { Default, HeuristicOnly, InferenceOnly }

    public class BrainParameters
    {
        public int VectorObservationSize;
        public int NumStackedVectorObservations;
        public Actuators.ActionSpec ActionSpec { get; set; }
    }

    public class BehaviorParameters : MonoBehaviour
    {
        public BrainParameters BrainParameters { get; }
        public BehaviorType BehaviorType { get; set; }
        public string BehaviorName { get; set; }
    }
}

namespace Unity.MLAgents.Sensors
{
    public enum SensorCompressionType { None, PNG }

    public class ObservationWriter
    {
        public float this[int index] { set { } }
    }

    public struct ObservationSpec
    {
        public static ObservationSpec Vector(int length) { return new ObservationSpec(); }
    }

    public struct CompressionSpec
    {
        public static CompressionSpec Default() { return new CompressionSpec(); }
    }

    public interface ISensor
    {
        ObservationSpec GetObservationSpec();
        int Write(ObservationWriter writer);
        byte[] GetCompressedObservation();
        void Update();
        void Reset();
        CompressionSpec GetCompressionSpec();
        string GetName();
    }

    public class VectorSensor
    {
        public void AddObservation(float observation) { }
        public void AddObservation(int observation) { }
        public void AddObservation(Vector3 observation) { }
        public void AddObservation(Quaternion observation) { }
        public void AddObservation(bool observation) { }
        public void AddObservation(IList<float> observation) { }
        public void AddOneHotObservation(int observation, int range) { }
    }

    public abstract class SensorComponent : MonoBehaviour
    {
        public abstract ISensor[] CreateSensors();
    }

    public class RayPerceptionSensorComponent3D : SensorComponent
    {
        public string SensorName { get; set; }
        public List<string> DetectableTags { get; set; }
        public int RaysPerDirection { get; set; }
        public float MaxRayDegrees { get; set; }
        public float RayLength { get; set; }
        public int ObservationStacks { get; set; }
        public override ISensor[] CreateSensors() { return null; }
    }

    public class GridSensorBase
    {
        public GridSensorBase(
            string name,
            Vector3 cellScale,
            Vector3Int gridSize,
            string[] detectableTags,
            SensorCompressionType compression) { }
    }

    public class CountingGridSensor : GridSensorBase
    {
        public CountingGridSensor(
            string name,
            Vector3 cellScale,
            Vector3Int gridSize,
            string[] detectableTags,
            SensorCompressionType compression) : base(name, cellScale, gridSize, detectableTags, compression) { }
    }

    public class GridSensorComponent : SensorComponent
    {
        public string SensorName { get; set; }
        public Vector3 CellScale { get; set; }
        public Vector3Int GridSize { get; set; }
        public string[] DetectableTags { get; set; }
        public LayerMask ColliderMask { get; set; }
        public SensorCompressionType CompressionType { get; set; }
        public int ObservationStacks { get; set; }
        public override ISensor[] CreateSensors() { return null; }
        protected virtual GridSensorBase[] GetGridSensors() { return null; }
    }

    public class CameraSensorComponent : SensorComponent
    {
        public Camera Camera { get; set; }
        public string SensorName { get; set; }
        public int Width { get; set; }
        public int Height { get; set; }
        public bool Grayscale { get; set; }
        public int ObservationStacks { get; set; }
        public override ISensor[] CreateSensors() { return null; }
    }
}

namespace Unity.MLAgents.Input
{
    public interface IInputActionAssetProvider
    {
        (UnityEngine.InputSystem.InputActionAsset, UnityEngine.InputSystem.IInputActionCollection2) GetInputActionAsset();
    }
}
