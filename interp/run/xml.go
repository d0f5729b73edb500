package run

import (
	"bytes"
	"encoding/xml"
	"reflect"
)

// Package encoding/xml names the element of a value by the value's type, and types of
// the session have no names for it. So it is told the name.

func (p *support) xml() map[string]any {
	return map[string]any{
		"Marshal":       func(v any) ([]byte, error) { return p.marshalXML(v, "", "") },
		"MarshalIndent": p.marshalXML,
	}
}

func (p *support) marshalXML(v any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	e.Indent(prefix, indent)
	if err := p.encodeXML(e, v); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (p *support) encodeXML(e *xml.Encoder, v any) error {
	list := reflect.ValueOf(opened(v))
	if k := list.Kind(); (k == reflect.Slice || k == reflect.Array) && list.Type().Elem().Kind() == reflect.Interface {
		for i := range list.Len() { // each has a name of its own
			if err := p.encodeXML(e, list.Index(i).Interface()); err != nil {
				return err
			}
		}
		return nil
	}
	if err := p.texts.Unseen("encoding/xml", v, true, "MarshalXML", "MarshalXMLAttr", "MarshalText"); err != nil {
		return err
	}
	bare, name := p.texts.Element(v)
	if name == "" {
		return e.Encode(opened(v))
	}
	return e.EncodeElement(bare, xml.StartElement{Name: xml.Name{Local: name}})
}
