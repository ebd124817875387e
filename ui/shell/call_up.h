#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>

namespace leedswatch::ui {

/// The number that is being typed to call a camera up. Digits make it, Enter confirms it, Esc and three quiet seconds
/// clear it. Knows no widget.
class CallUp final : public QObject {
    Q_OBJECT

public:
    /// `nameOf` gives a camera's name, or nothing if there is no such camera.
    explicit CallUp(std::function<std::optional<QString>(int number)> nameOf, QObject* parent = nullptr);

    void typeDigit(int digit);
    void eraseDigit();
    void confirm();
    void clear();

    [[nodiscard]] bool isEmpty() const { return m_digits.isEmpty(); }
    [[nodiscard]] const QString& digits() const { return m_digits; }
    /// The name of the camera with the number as it stands; empty if there is none (yet).
    [[nodiscard]] QString name() const;
    /// Enter was pressed on a number that no camera has.
    [[nodiscard]] bool isRefused() const { return m_refused; }

Q_SIGNALS:
    void changed();
    void confirmed(int number);

private:
    void announce();

    std::function<std::optional<QString>(int)> m_nameOf;
    QString m_digits;
    bool m_refused = false;
    QTimer m_timeOut;
};

/// Whether keys typed there are text: a line, a text, a number field.
[[nodiscard]] bool isWritingField(const QWidget* widget);

/// Sends the keys that are typed anywhere in the pages' windows to the call-up, except while somebody writes in a
/// field, answers a dialog, or the page is not there (a locked desk).
class CallUpKeys final : public QObject {
    Q_OBJECT

public:
    CallUpKeys(CallUp& callUp, QWidget* page);
    /// Keys that are typed in this page's window count too.
    void addPage(QWidget* page);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool isListening() const;
    [[nodiscard]] bool take(int key, Qt::KeyboardModifiers modifiers);

    CallUp& m_callUp;
    QList<QPointer<QWidget>> m_pages;
};

}  // namespace leedswatch::ui
