// Signatures of the parts of Unity that the generated scripts and the editor build method call, written from Unity's
// public scripting reference (6000.0). They let mcs check names, types and overloads; nothing here runs.
using System;
using System.Collections.Generic;

namespace UnityEngine
{
    public class Object
    {
        public string name;
        public static bool operator ==(Object left, Object right) { return ReferenceEquals(left, right); }
        public static bool operator !=(Object left, Object right) { return !ReferenceEquals(left, right); }
        public override bool Equals(object other) { return ReferenceEquals(this, other); }
        public override int GetHashCode() { return 0; }
        public static T[] FindObjectsByType<T>(FindObjectsSortMode sortMode) where T : Object { return null; }
    }

    public enum FindObjectsSortMode { None, InstanceID }
    public enum LogType { Error, Assert, Warning, Log, Exception }
    public enum PrimitiveType { Sphere, Capsule, Cylinder, Cube, Plane, Quad }

    public class Component : Object
    {
        public GameObject gameObject { get; }
        public Transform transform { get; }
        public T GetComponent<T>() { return default(T); }
        public Component GetComponent(Type type) { return null; }
    }

    public class Behaviour : Component
    {
        public bool enabled { get; set; }
    }

    public class MonoBehaviour : Behaviour { }

    public class GameObject : Object
    {
        public string tag;
        public Transform transform { get; }
        public static GameObject Find(string name) { return null; }
        public static GameObject CreatePrimitive(PrimitiveType type) { return null; }
        public Component AddComponent(Type type) { return null; }
        public T AddComponent<T>() where T : Component { return null; }
        public T GetComponent<T>() { return default(T); }
        public Component GetComponent(Type type) { return null; }
        public T[] GetComponents<T>() { return null; }
        public T GetComponentInChildren<T>() { return default(T); }
    }

    public class Transform : Component
    {
        public Vector3 position { get; set; }
        public Vector3 localPosition { get; set; }
        public Quaternion rotation { get; set; }
        public Quaternion localRotation { get; set; }
        public Vector3 localScale { get; set; }
        public Vector3 forward { get; set; }
        public Transform Find(string path) { return null; }
        public Vector3 localEulerAngles { get; set; }
        public Vector3 InverseTransformPoint(Vector3 position) { return position; }
        public Vector3 InverseTransformDirection(Vector3 direction) { return direction; }
    }

    public class Rigidbody : Component
    {
        public Vector3 linearVelocity { get; set; }
        public Vector3 angularVelocity { get; set; }
        public void AddForce(Vector3 force) { }
        public void AddForce(Vector3 force, ForceMode mode) { }
        public void AddTorque(Vector3 torque, ForceMode mode) { }
    }

    public enum ForceMode { Force = 0, Impulse = 1, VelocityChange = 2, Acceleration = 5 }

    public class Camera : Behaviour { }

    public struct Vector3
    {
        public float x, y, z;
        public Vector3(float x, float y, float z) { this.x = x; this.y = y; this.z = z; }
        public static Vector3 zero { get { return new Vector3(); } }
        public static Vector3 up { get { return new Vector3(0, 1, 0); } }
        public static Vector3 forward { get { return new Vector3(0, 0, 1); } }
        public static Vector3 right { get { return new Vector3(1, 0, 0); } }
        public float magnitude { get { return 0; } }
        public Vector3 normalized { get { return this; } }
        public float this[int index] { get { return 0; } set { } }
        public static float Distance(Vector3 a, Vector3 b) { return 0; }
        public static Vector3 operator -(Vector3 a, Vector3 b) { return a; }
        public static Vector3 operator +(Vector3 a, Vector3 b) { return a; }
        public static Vector3 operator *(Vector3 a, float b) { return a; }
        public static Vector3 operator *(float a, Vector3 b) { return b; }
    }

    public struct Vector3Int
    {
        public Vector3Int(int x, int y, int z) { }
    }

    public struct Quaternion
    {
        public float x, y, z, w;
        public float this[int index] { get { return 0; } set { } }
        public static Quaternion identity { get { return new Quaternion(); } }
        public static Quaternion Euler(float x, float y, float z) { return new Quaternion(); }
        public static Vector3 operator *(Quaternion rotation, Vector3 point) { return point; }
    }

    public struct RaycastHit
    {
        public float distance { get; set; }
    }

    public struct LayerMask
    {
        public static implicit operator LayerMask(int mask) { return new LayerMask(); }
    }

    public static class Physics
    {
        public const int DefaultRaycastLayers = -5;
        public static bool Raycast(Vector3 origin, Vector3 direction, out RaycastHit hit, float maxDistance)
        {
            hit = new RaycastHit();
            return false;
        }
    }

    public static class Mathf
    {
        public const float Deg2Rad = 0.01745329f;
        public static float Sin(float f) { return f; }
        public static float Cos(float f) { return f; }
    }

    public static class Input
    {
        public static float GetAxis(string axisName) { return 0; }
    }

    public static class Random
    {
        public static float Range(float minInclusive, float maxInclusive) { return 0; }
    }

    public static class Debug
    {
        public static void Log(object message) { }
        public static void LogWarning(object message) { }
        public static void LogError(object message) { }
        public static void LogException(Exception exception) { }
    }

    public static class Application
    {
        public static string unityVersion { get { return ""; } }
    }

    public static class JsonUtility
    {
        public static T FromJson<T>(string json) { return default(T); }
        public static string ToJson(object value, bool prettyPrint) { return ""; }
    }

    [AttributeUsage(AttributeTargets.Field)]
    public sealed class TooltipAttribute : Attribute
    {
        public TooltipAttribute(string tooltip) { }
    }

    [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public sealed class RequireComponentAttribute : Attribute
    {
        public RequireComponentAttribute(Type requiredComponent) { }
    }
}

namespace UnityEngine.SceneManagement
{
    public struct Scene
    {
        public string path { get { return ""; } }
        public GameObject[] GetRootGameObjects() { return null; }
    }
}
