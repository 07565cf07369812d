using Unity.MLAgents.Sensors;

namespace UnityMlops
{
    /// <summary>A grid sensor that counts the objects of each tag in a cell; ML-Agents has the sensor but no component.</summary>
    public sealed class CountingGridSensorComponent : GridSensorComponent
    {
        protected override GridSensorBase[] GetGridSensors()
        {
            return new GridSensorBase[]
            {
                // Counts are no fractions of 1, so they cannot be compressed to an image.
                new CountingGridSensor(SensorName, CellScale, GridSize, DetectableTags, SensorCompressionType.None)
            };
        }
    }
}
