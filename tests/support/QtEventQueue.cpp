// SPDX-License-Identifier: Apache-2.0
// Only for ThreadSanitizer. Debian's Qt is not built with it, so that it does not see the lock of
// Qt's event queue, and takes for a race what a thread posts and another one runs. Here it is told:
// what was done before a call was posted comes before the events that are delivered later.
#include <QCoreApplication>

#include <dlfcn.h>

extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}

namespace {

char eventQueue;

bool onDelivery(void**)
{
    __tsan_acquire(&eventQueue);
    return false; // Qt goes on with the event
}

const bool isWatching = QInternal::registerCallback(QInternal::EventNotifyCallback, onDelivery);

} // namespace

bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot,
                                   Qt::ConnectionType type, void* returned)
{
    using Call = bool (*)(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*);
    static const auto call = reinterpret_cast<Call>(
        ::dlsym(RTLD_NEXT, "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15"
                           "QSlotObjectBaseEN2Qt14ConnectionTypeEPv"));
    __tsan_release(&eventQueue);
    return call(object, slot, type, returned);
}
